"""Somebody who has lost their link asks for all of theirs."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language

from home.throttle import allow_sender
from pledges.forms import AddressForm
from pledges.guard import by_link
from pledges.reminding import mail_links

# One office may share one address of the net; a robot asks for more than this.
PER_SENDER, PER_HOUR = 60, timedelta(hours=1)


@by_link
def mine(request: HttpRequest) -> HttpResponse:
    """Answers the same whether the address is known, unknown or was written to a moment ago."""
    form = AddressForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if allow_sender(request, "mine", PER_SENDER, PER_HOUR):
            mail_links(form.cleaned_data["contact_email"], language=get_language(), at=timezone.now())
        return redirect(f"{request.path}?sent=1")
    return render(request, "pledges/mine.html", {"form": form, "is_sent": "sent" in request.GET})
