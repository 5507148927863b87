"""Forms that are being written: kept as they are typed, until they are sent, thrown away or forgotten.

Nothing is judged and nothing is cleaned: half a sentence and a wrong date come back as they were. What two tabs,
or two devices, write into one form at the same time is kept from both. Who knows a form's key may save it, and who
has its link may read it; nobody else, staff included, gets to see more than how many there are.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from campaign.kinds import Kind
from campaign.models import Campaign
from pledges.deadlines import when_settled
from pledges.lifecycle import Refused, lock_by_link
from pledges.models import Submission, UnsentForm, UnsentText
from pledges.models.submission import PEOPLE
from pledges.models.unsent import new_key
from pledges.racing import through_races

Typed = list[list[str]]

# The fullest form that can be sent has about 60,000 characters; whoever pastes too much is to shorten it, not to lose it.
MOST_CHARACTERS = 150_000
MOST_TEXTS = 10
FIRST_FIELDS = ("title", "organisation_name")


class AlreadySent(Refused):
    """The form has been sent from elsewhere, so there is nothing to keep any more."""


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What one tab holds. `number` is the save that it was opened on; None where it does not say."""

    key: str
    typed: Typed
    tab: str
    number: int | None
    campaign: Campaign
    language: str
    submission: Submission | None = None


@dataclass(frozen=True)
class Kept:
    """`form` as it is now. Where another tab has saved since, the draft is kept beside it as one of its texts."""

    form: UnsentForm
    is_overtaken: bool = False


def fields_of(data: Iterable[Iterable[str]]) -> QueryDict:
    """The form's fields as they were sent."""
    fields = QueryDict(mutable=True)
    for name, value in data:
        fields.appendlist(name, value)
    return fields


def edit_key(submission: Submission) -> str:
    """One unsent edit a submission. No key of a new form has a colon."""
    return f"edit:{submission.pk}"


def of_submission(submission: Submission) -> UnsentForm | None:
    return UnsentForm.objects.filter(key=edit_key(submission)).first()


def number_of(campaign: Campaign) -> int:
    """How many forms are begun and not sent: all that staff get to know."""
    return UnsentForm.objects.filter(campaign=campaign, submission=None).count()


def keep(draft: Draft, *, at: datetime) -> Kept:
    """Save what a tab holds. Raises Refused with a sentence when it is too long or nothing yet, AlreadySent when sent."""
    if sum(len(name) + len(value) for name, value in draft.typed) > MOST_CHARACTERS:
        raise Refused(_("This is longer than we can keep. Shorten it, or keep the rest elsewhere."))
    return through_races(lambda: _keep(draft, at))


def _keep(draft: Draft, at: datetime) -> Kept:
    if draft.submission:
        _refuse_what_is_settled(draft.submission)
    form = _locked(draft.key)
    if form is None:
        return Kept(_begun(draft, at))
    if form.data == draft.typed:
        return Kept(form)
    if _is_overtaken(form, draft):
        _set_aside(form, draft.tab, draft.typed, number=draft.number or 0, at=at)
        return Kept(form, is_overtaken=True)
    if draft.tab != form.saved_by and (_was_told(form, draft) or draft.number is None):
        _set_aside(form, form.saved_by, form.data, number=form.number, at=form.saved_at)
    _save(form, draft, at)
    return Kept(form)


def _refuse_what_is_settled(submission: Submission) -> None:
    if sentence := when_settled(lock_by_link(submission)):
        raise Refused(sentence)


def _locked(key: str) -> UnsentForm | None:
    return UnsentForm.objects.select_for_update().filter(key=key).first()


def _is_overtaken(form: UnsentForm, draft: Draft) -> bool:
    """Whether another tab has saved since this one was opened. What one tab sends twice overtakes nothing."""
    return draft.tab != form.saved_by and draft.number not in {None, form.number}


def _was_told(form: UnsentForm, draft: Draft) -> bool:
    """Whether this tab goes on although another overtook it; its text then no longer stands beside the form's own."""
    return bool(form.texts.filter(saved_by=draft.tab).delete()[0])


def _begun(draft: Draft, at: datetime) -> UnsentForm:
    if draft.submission is None:
        if not any(name in FIRST_FIELDS and value.strip() for name, value in draft.typed):
            raise Refused(_("Write a title or the name of the organisation first: from then on it is kept."))
        if Submission.objects.filter(form_key=draft.key).exists():
            raise AlreadySent(_("This form has been sent. You find it by the link in your mail."))
    return UnsentForm.objects.create(
        key=draft.key,
        submission=draft.submission,
        data=draft.typed,
        saved_by=draft.tab,
        created_at=at,
        saved_at=at,
        **_facts(draft),
    )


def _save(form: UnsentForm, draft: Draft, at: datetime) -> None:
    facts = _facts(draft)
    if facts["email"] != form.email:
        form.wants_reminders = True  # it was another person who wanted none
    for name, value in facts.items():
        setattr(form, name, value)
    form.data, form.saved_by, form.saved_at = draft.typed, draft.tab, at
    form.number += 1
    form.save()


def _facts(draft: Draft) -> dict[str, Any]:
    """What the clock needs to know of a form. Of a changed submission it asks for the address when it writes."""
    fields = fields_of(draft.typed)
    kind = fields.get("kind", draft.submission.kind if draft.submission else "")
    email = "" if draft.submission else _whole_address(fields.get("contact_email", ""))
    return {
        "campaign": draft.campaign,
        "language": draft.language,
        "kind": kind if kind in Kind.values else "",
        "email": email,
    }


def _whole_address(text: str) -> str:
    """The address in what was typed so far, or nothing."""
    text = text.strip()
    try:
        validate_email(text)
    except ValidationError:
        return ""
    return text if len(text) <= 254 else ""


def _set_aside(form: UnsentForm, tab: str, data: Typed, *, number: int, at: datetime) -> None:
    """Keep a tab's text beside the form's own, one a tab; of very many the oldest goes."""
    values = {"data": data, "number": number, "saved_at": at}
    form.texts.update_or_create(saved_by=tab, defaults=values)
    newest = form.texts.order_by("-saved_at", "-pk").values_list("pk", flat=True)[:MOST_TEXTS]
    form.texts.exclude(pk__in=list(newest)).delete()


def _still(form: UnsentForm) -> UnsentForm:
    """The form, locked, if it is still there under the link that opened it."""
    return UnsentForm.objects.select_for_update().get(pk=form.pk, link_key=form.link_key)


@transaction.atomic
def take_over(form: UnsentForm, text_id: int, *, at: datetime) -> UnsentForm:
    """Let one of the texts beside a form be its text, and the form's own stand beside it instead.

    Raises Refused where that text is gone, DoesNotExist where the form is.
    """
    locked = _still(form)
    text = locked.texts.filter(pk=text_id).first()
    if text is None:
        raise Refused(_("This text is no longer here. Compare once more."))
    chosen, tab = text.data, text.saved_by
    text.delete()
    _set_aside(locked, locked.saved_by, locked.data, number=locked.number, at=locked.saved_at)
    locked.data, locked.saved_by, locked.saved_at = chosen, tab, at
    locked.number += 1
    locked.save()
    return locked


@transaction.atomic
def renew(form: UnsentForm) -> UnsentForm:
    """Make every link to a form worthless, and every page on which it stands open: only the new link leads on.

    Raises DoesNotExist where the form is gone.
    """
    locked = _still(form)
    if not locked.submission_id:
        locked.key = new_key()
    locked.link_key, locked.saved_by = new_key(), ""
    locked.save(update_fields=["key", "link_key", "saved_by"])
    return locked


def begun_from(submission: Submission) -> QuerySet[UnsentForm]:
    """What was begun with its text: a change of it, and what renews it in a later campaign."""
    return UnsentForm.objects.filter(Q(submission=submission) | Q(renews=submission))


def pass_on(submission: Submission) -> None:
    """Let what was begun with its text follow a submission, which is locked, to another contact person.

    Letters about it go there, and it names no contact person any more whom the submission does not have.
    """
    for form in begun_from(submission).select_for_update():
        if form.renews_id:
            form.email = submission.contact_email
        form.language, form.wants_reminders = submission.mail_language, True
        rows: list[UnsentForm | UnsentText] = [form, *form.texts.all()]
        for row in rows:
            row.data = [
                [name, getattr(submission, name) if name in PEOPLE else value] for name, value in row.data
            ]
            row.save()


def give_way(draft: Draft) -> int | None:
    """Delete an unsent form in the transaction that sends it; the id of the submission that it renews, if any.

    Raises Refused with a sentence where another tab has saved since and this one was not told yet.
    """
    known = UnsentForm.objects.filter(key=draft.key).only("renews").first()
    if known and known.renews_id:  # a submission is locked before what was begun from it, as everywhere
        Submission.objects.select_for_update(no_key=True).filter(pk=known.renews_id).first()
    form = _locked(draft.key) if known else None
    if form is None:
        return None
    if form.data != draft.typed and _is_overtaken(form, draft):
        raise Refused(
            _(
                "This form was saved in another window or on another device meanwhile. Both texts are kept: "
                "compare them, or send this one as it is."
            )
        )
    form.delete()
    return form.renews_id


def others(form: UnsentForm) -> "list[UnsentText]":
    """The texts that stand beside a form's own, the newest first."""
    return list(form.texts.order_by("-saved_at", "-pk"))
