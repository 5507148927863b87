"""Changing the text of a submission that was sent before."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _

from home.asked import whole_number
from pledges import correcting, receipt, versions
from pledges.confirming import send
from pledges.forms import EditForm, EditWithGiverForm, PeopleForm
from pledges.forms.giver import typed_of
from pledges.lifecycle import Refused, is_unsent, send_refusal
from pledges.models import Submission, UnsentForm
from pledges.organisations import lead_of
from pledges.progress import progress
from pledges.revisions import Revision, correct, edit_refusal
from pledges.row_buttons import is_pressed, with_rows_changed
from pledges.rows import Rows
from pledges.unsent import Draft, fields_of, of_submission
from pledges.versions import ROWS, Text

from .keeping import attempt, draft_of, keep_url, pad
from .own import back, owners, shown

PEOPLE = tuple(PeopleForm.base_fields)


@owners
def edit(request: HttpRequest, submission: Submission, at: datetime) -> HttpResponse:
    if request.method != "POST":
        return _opened(request, submission, at)
    text = versions.read(submission.latest)
    data = with_rows_changed(request.POST)
    draft = draft_of(request, submission.campaign, data, submission=submission)
    form, rows = _form(submission, at, data=data), Rows(data)
    _close(submission, form, rows, text, data)
    if is_pressed(data):
        form.leave_unjudged()
        rows.leave_unjudged()
    elif all([form.is_valid(), rows.is_valid()]):
        try:
            revision = _saved(submission, form, rows, text, draft=draft, at=at)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            _send_or_tell(request, submission, revision, at)
            return back(submission)
    outcome = attempt(request, draft, at=at)
    if outcome.status == 409 and not form.non_field_errors():
        form.add_error(None, outcome.sentence)
    return page(request, submission, form, rows, at=at, unsent=outcome.form)


def _opened(request: HttpRequest, submission: Submission, at: datetime) -> HttpResponse:
    """The text that counts, or the change of it that was begun and not saved; that one is shown even too late."""
    refusal, unsent = edit_refusal(submission, at=at), of_submission(submission)
    if refusal and unsent is None:
        messages.error(request, refusal)
        return back(submission)
    if unsent is None:
        form, rows = sent(submission, at)
    else:
        form, rows = bound(submission, at, fields_of(unsent.data))
    if refusal:
        form.add_error(None, refusal)
    return page(request, submission, form, rows, at=at, unsent=unsent)


def sent(submission: Submission, at: datetime) -> tuple[forms.Form, Rows]:
    """The form with the text that counts."""
    text = versions.read(submission.latest)
    form, rows = _form(submission, at, initial=_initial(submission, text)), Rows(text=text)
    _close(submission, form, rows, text, None)
    return form, rows


def bound(submission: Submission, at: datetime, data: QueryDict) -> tuple[forms.Form, Rows]:
    """The form with what was typed so far, and no fault found in it."""
    form, rows = _form(submission, at, data=data), Rows(data)
    _close(submission, form, rows, versions.read(submission.latest), data)
    form.leave_unjudged()
    rows.leave_unjudged(stand_open=False)
    return form, rows


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
    return (
        EditForm.initial_of(text)
        | {name: getattr(submission, name) for name in PEOPLE}
        | {"kind": submission.kind}
        | typed_of(lead_of(submission))
    )


def _saved(
    submission: Submission, form: forms.Form, rows: Rows, stored: Text, *, draft: Draft, at: datetime
) -> Revision:
    people = {name: form.cleaned_data[name] for name in PEOPLE}
    giver = vars(form.giver()) if "organisation_name" in form.fields else {}
    kind = form.cleaned_data.get("kind", "")
    base = whole_number(form.data.get("base_version", ""))  # which the form was opened on
    text = replace(
        form.text(rows), **{name: getattr(stored, name) for name in ROWS if name not in rows.groups}
    )
    return correct(submission, text, people=people, giver=giver, kind=kind, base=base, draft=draft, at=at)


def _send_or_tell(request: HttpRequest, submission: Submission, revision: Revision, at: datetime) -> None:
    """Send what was saved, where that was asked; else say that it is saved, and plainly when it is not sent.

    What overtook another text is not sent before its owner has compared the two.
    """
    if "send" not in request.POST or revision.overtaken:
        _tell(request, submission, revision)
        return
    try:
        send(submission, at=at)
        _say(request, messages.SUCCESS, submission, _("Thank you. Your submission is with us."))
    except Refused as refused:
        messages.error(request, str(refused))
        _tell(request, submission, revision)


def _tell(request: HttpRequest, submission: Submission, revision: Revision) -> None:
    if revision.overtaken:
        sentence = _(
            "Version %(theirs)d was saved elsewhere while you wrote. Yours is version %(yours)d and counts from now on; "
            "both are kept below. Compare them."
        )
        numbers = {"theirs": revision.overtaken.number, "yours": revision.version.number}
        _say(request, messages.WARNING, submission, sentence % numbers)
    elif is_unsent(submission):
        _say(request, messages.WARNING, submission, _("Your changes are saved. They are not sent yet."))
    else:
        _say(request, messages.SUCCESS, submission, _("Your changes are saved."))


def _say(request: HttpRequest, level: int, submission: Submission, sentence: str) -> None:
    """Say that it is saved, to the browser too, which then needs its own copy no longer."""
    messages.add_message(request, level, sentence, extra_tags=keep_url(submission))


def page(
    request: HttpRequest,
    submission: Submission,
    form: forms.Form,
    rows: Rows,
    *,
    at: datetime,
    unsent: UnsentForm | None = None,
) -> HttpResponse:
    context = {
        "form": form,
        "groups": rows,
        "formsets": rows.formsets(),
        "progress": None if form.kept else progress(form, rows),
        "has_giver": isinstance(form, EditWithGiverForm),
        "base_version": form.data.get("base_version") or submission.latest.number,
        "unsent": pad(request, unsent, submission=submission),
        "is_unsent": is_unsent(submission),
        "show_reason": submission.tells_reasons,
        "opened": correcting.in_words(submission),
        "may_send": is_unsent(submission) and send_refusal(submission, at) is None,
    }
    if form.kept:
        return shown(request, "pledges/correct.html", submission, context | _left(submission))
    return shown(request, "pledges/edit.html", submission, context)


def _left(submission: Submission) -> dict:
    """What is not open for correction, as text."""
    groups = receipt.groups(submission, receipt.newest(submission), giver=lead_of(submission))
    return {"left": correcting.as_text(groups, submission)}
