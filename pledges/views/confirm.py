"""The page behind the first mail: one button. Opening it changes nothing, since mail scanners open links too."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pledges import confirming, links
from pledges.deadlines import confirm_until
from pledges.guard import by_link
from pledges.lifecycle import Refused
from pledges.models import Submission

HEADINGS = {
    confirming.Case.WAITING: gettext_lazy("Confirm your address"),
    confirming.Case.CONFIRMED: gettext_lazy("This address is already confirmed"),
    confirming.Case.EXPIRED: gettext_lazy("The time to confirm has passed"),
    confirming.Case.ENDED: gettext_lazy("There is nothing to confirm"),
}


@by_link
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    at = timezone.now()
    submission = links.opened(token, links.CONFIRM, at=at)
    if submission is None:
        return render(request, "pledges/no_link.html", status=404)
    if request.method == "POST":
        return _confirm(request, submission, at)
    return _page(request, submission, at)


def _confirm(request: HttpRequest, submission: Submission, at: datetime) -> HttpResponse:
    try:
        confirming.confirm(submission, at=at)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return _page(request, submission, at)
    messages.success(request, _("Thank you. Your address is confirmed, and your submission is with us."))
    return redirect("own", token=links.token(submission, links.OWN))


def _page(request: HttpRequest, submission: Submission, at: datetime) -> HttpResponse:
    case = confirming.case(submission, at=at)
    context = {
        "submission": submission,
        "campaign": submission.campaign,
        "case": case,
        "heading": HEADINGS[case],
        "until": confirm_until(submission),
        "own_token": links.token(submission, links.OWN),
    }
    return render(request, "pledges/confirm.html", context)
