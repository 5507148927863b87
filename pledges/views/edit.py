"""Changing the text of a submission that was sent before."""

from datetime import datetime

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from pledges import versions
from pledges.forms import EditForm, EditWithGiverForm, PeopleForm
from pledges.lifecycle import Refused
from pledges.models import Organisation, Participation, Submission
from pledges.revisions import Revision, correct, edit_refusal
from pledges.row_buttons import is_pressed, with_rows_changed
from pledges.rows import Rows
from pledges.versions import Text

from .own import back, owners, shown

PEOPLE = tuple(PeopleForm.base_fields)


@owners
def edit(request: HttpRequest, submission: Submission, at: datetime) -> HttpResponse:
    text = versions.read(submission.latest)
    refusal = edit_refusal(submission, at=at)
    if refusal and request.method != "POST":
        messages.error(request, refusal)
        return back(submission)
    data = with_rows_changed(request.POST) if request.method == "POST" else None
    rows = Rows(data, text=None if data else text)
    form = _form(submission, at, data=data, initial=_initial(submission, text))
    if data is not None and is_pressed(data):
        form.leave_unjudged()
        rows.leave_unjudged()
    elif data is not None and all([form.is_valid(), rows.is_valid()]):
        try:
            revision = _saved(submission, form, rows, base=_base(data), at=at)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            _tell(request, revision)
            return back(submission)
    return _page(request, submission, form, rows)


def _form(submission: Submission, at: datetime, **kwargs) -> forms.Form:
    form = EditForm if submission.screened_id else EditWithGiverForm
    return form(campaign=submission.campaign, kind=submission.kind, at=at, **kwargs)


def _initial(submission: Submission, text: Text) -> dict:
    giver = _giver(submission)
    return (
        EditForm.initial_of(text)
        | {name: getattr(submission, name) for name in PEOPLE}
        | {
            "kind": submission.kind,
            "organisation_name": giver.name,
            "organisation_kind": giver.kind,
            "business_id": giver.business_id,
            "organisation_municipality": giver.municipality.name if giver.municipality else "",
            "website": giver.website,
        }
    )


def _giver(submission: Submission) -> Organisation:
    organisations = Organisation.objects.select_related("municipality")
    return organisations.get(
        participations__submission=submission, participations__role=Participation.Role.LEAD
    )


def _base(data) -> int | None:
    """The number of the version that the form was opened on."""
    number = data.get("base_version", "")
    return int(number) if number.isdecimal() and len(number) < 10 else None


def _saved(
    submission: Submission, form: forms.Form, rows: Rows, *, base: int | None, at: datetime
) -> Revision:
    people = {name: form.cleaned_data[name] for name in PEOPLE}
    giver = vars(form.giver()) if isinstance(form, EditWithGiverForm) else {}
    kind = form.cleaned_data.get("kind", "")
    return correct(submission, form.text(rows), people=people, giver=giver, kind=kind, base=base, at=at)


def _tell(request: HttpRequest, revision: Revision) -> None:
    if revision.overtaken:
        sentence = _(
            "Version %(theirs)d was saved elsewhere while you wrote. Yours is version %(yours)d and counts from now on; "
            "both are kept below. Compare them."
        )
        numbers = {"theirs": revision.overtaken.number, "yours": revision.version.number}
        messages.warning(request, sentence % numbers)
    else:
        messages.success(request, _("Your changes are saved."))


def _page(request: HttpRequest, submission: Submission, form: forms.Form, rows: Rows) -> HttpResponse:
    context = {
        "form": form,
        "groups": rows,
        "formsets": rows.formsets(),
        "has_giver": isinstance(form, EditWithGiverForm),
        "base_version": request.POST.get("base_version") or submission.latest.number,
    }
    return shown(request, "pledges/edit.html", submission, context)
