"""Changes to a submission that are begun and not saved for good."""

from contextlib import suppress
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from pledges import unsent_links
from pledges.comparing import differences
from pledges.models import Submission, UnsentForm
from pledges.unsent import fields_of, of_submission, others

from .edit import bound, page, sent
from .keeping import attempt, draft_of
from .own import back, owners, shown
from .unsent import taken, told, wants_json


@owners
def keep_edit(request: HttpRequest, submission: Submission, at: datetime) -> HttpResponse:
    """Saves a change as far as it is written; it counts for nobody until its owner saves it for good."""
    if request.method != "POST":
        return redirect("own_edit", token=request.resolver_match.kwargs["token"])
    outcome = attempt(
        request, draft_of(request, submission.campaign, request.POST, submission=submission), at=at
    )
    if wants_json(request):
        return told(outcome, submission.campaign)
    if outcome.status == 200:
        messages.success(request, _("Your changes are kept, and not sent yet. This page shows them again."))
        return redirect(unsent_links.path(outcome.form))
    form, rows = bound(submission, at, request.POST)
    form.add_error(None, outcome.sentence)
    response = page(request, submission, form, rows, at=at, unsent=outcome.form)
    response.status_code = outcome.status
    return response


@owners
def compare_edit(request: HttpRequest, submission: Submission, at: datetime) -> HttpResponse:
    """A change that is begun, beside the text that counts and what other tabs hold; the button drops it."""
    unsent = of_submission(submission)
    if unsent is None:
        return back(submission)
    if request.method == "POST" and request.POST.get("act") == "delete":
        unsent.delete()
        messages.success(request, _("The change is dropped. The text that was sent stays as it is."))
        return back(submission)
    if request.method == "POST":
        with suppress(UnsentForm.DoesNotExist):  # saved for good or dropped in another tab meanwhile
            return taken(request, unsent, at)
        return back(submission)
    own = bound(submission, at, fields_of(unsent.data))
    context = {
        "form": unsent,
        "sent": differences(own, sent(submission, at)),
        "texts": [
            (each, differences(own, bound(submission, at, fields_of(each.data)))) for each in others(unsent)
        ],
        "back": unsent_links.path(unsent),
    }
    return shown(request, "pledges/unsent_compare.html", submission, context)
