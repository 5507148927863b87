"""Changing the text of a submission that was sent before."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from pledges import correcting, receipt, versions
from pledges.forms import EditForm, EditWithGiverForm, PeopleForm
from pledges.lifecycle import Refused
from pledges.models import Organisation, Participation, Submission
from pledges.revisions import Revision, correct, edit_refusal
from pledges.row_buttons import is_pressed, with_rows_changed
from pledges.rows import Rows
from pledges.versions import ROWS, Text

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
    _close(submission, form, rows, text, data)
    if data is not None and is_pressed(data):
        form.leave_unjudged()
        rows.leave_unjudged()
    elif data is not None and all([form.is_valid(), rows.is_valid()]):
        try:
            revision = _saved(submission, form, rows, text, base=_base(data), at=at)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            _tell(request, revision)
            return back(submission)
    return _page(request, submission, form, rows)


def _form(submission: Submission, at: datetime, **kwargs) -> forms.Form:
    form = EditForm if submission.screened_id else EditWithGiverForm
    return form(campaign=submission.campaign, kind=submission.kind, at=at, **kwargs)


def _close(
    submission: Submission, form: forms.Form, rows: Rows, text: Text, data: Mapping[str, Any] | None
) -> None:
    """Leave on the form what a return named. One that was opened before comes back whole, so that no word is lost."""
    shut = correcting.closed(submission, [*form.fields, *rows.groups])
    if {name.partition("-")[0] for name in data or {}} & set(shut):
        return
    stored = correcting.on_the_form(text) | {name: getattr(submission, name) for name in PEOPLE}
    form.close({name: stored.get(name) for name in shut if name in form.fields})
    rows.close(shut)


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
    submission: Submission, form: forms.Form, rows: Rows, stored: Text, *, base: int | None, at: datetime
) -> Revision:
    people = {name: form.cleaned_data[name] for name in PEOPLE}
    giver = vars(form.giver()) if "organisation_name" in form.fields else {}
    kind = form.cleaned_data.get("kind", "")
    text = replace(
        form.text(rows), **{name: getattr(stored, name) for name in ROWS if name not in rows.groups}
    )
    return correct(submission, text, people=people, giver=giver, kind=kind, base=base, at=at)


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
    if form.kept:
        return shown(request, "pledges/correct.html", submission, context | _left(submission))
    return shown(request, "pledges/edit.html", submission, context)


def _left(submission: Submission) -> dict:
    """What is open for correction, in words, and the rest as text."""
    latest = receipt.whole(submission.versions.filter(pk=submission.latest_id)).get()
    groups = receipt.groups(submission, latest, giver=_giver(submission))
    return {"opened": correcting.in_words(submission), "left": correcting.as_text(groups, submission)}
