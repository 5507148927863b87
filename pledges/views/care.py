"""What the owner may put in order at any time: who can be asked, and links that fell into wrong hands."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from pledges import links
from pledges.actors import OWNER
from pledges.forms import PeopleForm
from pledges.lifecycle import Refused
from pledges.models import Submission
from pledges.revisions import correct_people

from .own import back, owners, shown

PEOPLE = tuple(PeopleForm.base_fields)


@owners
def people(request: HttpRequest, submission: Submission, at: datetime) -> HttpResponse:
    """The contact persons alone, for when the text can no longer be changed."""
    if not submission.has_correspondence:
        return back(submission)
    data = request.POST if request.method == "POST" else None
    form = PeopleForm(data, initial={name: getattr(submission, name) for name in PEOPLE})
    if form.is_valid():
        try:
            correct_people(submission, form.cleaned_data, at=at)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("Your changes are saved."))
        return back(submission)
    return shown(request, "pledges/people.html", submission, {"form": form})


@owners
def new_link(request: HttpRequest, submission: Submission, at: datetime) -> HttpResponse:
    """Revokes every link, this page's own too, so that the new one comes by mail only."""
    if request.method != "POST":
        return shown(request, "pledges/new_link.html", submission, {})
    try:
        links.revoke_and_send(submission, by=OWNER, at=at)
    except Refused as refused:
        messages.error(request, str(refused))
        return back(submission)
    messages.success(request, _("The old links open nothing any more. A new one is on its way by mail."))
    return redirect("mine")
