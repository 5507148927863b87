"""Translations of a submission's text into the portal's other languages: writing, passing and publishing them.

Whether a translation still says what the text says is judged field by field. A field of it counts where the version
that it was made from says there the same as the version that is read; in all others the original is shown. Actions,
needs and offers are translated phrase by phrase: a phrase counts wherever the version that is read says the same.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from campaign.models.text import TRANSLATED
from pledges import publishing
from pledges.actors import Actor, Role
from pledges.lifecycle import Refused, lock, when_erased
from pledges.models import Submission, Translation, Version

FIELDS = (*TRANSLATED, "phrases")


@dataclass(frozen=True)
class Place:
    """One of the portal's languages that the text is not written in, and the translation into it, if there is one.

    `outdated` names the fields whose original has changed since the translation was made.
    """

    language: str
    translation: Translation | None
    outdated: frozenset[str] = frozenset()

    @property
    def waits(self) -> bool:
        return self.translation is not None and self.translation.passed_at is None

    @property
    def outdated_fields(self) -> str:
        """The names of those fields, in their order."""
        names = [name for name in FIELDS if name in self.outdated]
        return ", ".join(str(Translation._meta.get_field(name).verbose_name) for name in names)


def places(version: Version, translations: Iterable[Translation]) -> list[Place]:
    """The languages that a version's text can be translated into, with what there is of its submission's translations."""
    rows = {row.language: row for row in translations}
    return [
        Place(code, rows.get(code), _outdated(rows[code], version) if code in rows else frozenset())
        for code in languages_for(version)
    ]


def place(submission: Submission, language: str) -> Place | None:
    """One language beside the newest text; None for one that this is not translated into."""
    if submission.latest is None:
        return None
    found = places(submission.latest, submission.translations.filter(language=language).select_related("of"))
    return next((each for each in found if each.language == language), None)


def languages_for(version: Version) -> list[str]:
    return [code for code, _name in settings.LANGUAGES if code != version.language]


def _outdated(translation: Translation, version: Version) -> frozenset[str]:
    return frozenset(name for name in FIELDS if not publishing.still_fits(translation, version, name))


def refusal(submission: Submission, *, by: Actor) -> str | None:
    """Why its translations may not be changed now, as a sentence; None when they may, after the call too."""
    if by.role not in {Role.OWNER, Role.COORDINATOR}:
        return _("This is not yours to do.")
    if sentence := when_erased(submission):
        return sentence
    return None if submission.has_correspondence else _("This has ended, so it is no longer translated.")


@transaction.atomic
def translate(
    submission: Submission,
    language: str,
    words: Mapping[str, str],
    *,
    phrases: Mapping[str, str] | None = None,
    of: Version,
    base: str,
    by: Actor,
    at: datetime,
) -> Translation:
    """Save a translation of the version that stood beside it. Raises Refused with a sentence for the reader.

    `phrases` are those of its rows. `base` is the stamp of the translation that the form was opened on, empty where there was none. A coordinator's
    own is passed as it is saved; the owner's waits, also where an earlier one had been passed.
    """
    locked = lock(submission)
    if sentence := refusal(locked, by=by) or _wrong_language(language, of):
        raise Refused(sentence)
    known = locked.translations.filter(language=language).first()
    if base != (known.stamp if known else ""):
        raise Refused(
            _("This translation was saved elsewhere meanwhile. Yours stands below: save again to replace it.")
        )
    row = known or Translation(submission=locked, language=language)
    said = _said(of, words, phrases or {})
    if known and known.of_id == of.pk and not _differs(known, said) and _is_done(known, by):
        return known
    for name, value in said.items():
        setattr(row, name, value)
    row.of, row.translator, row.saved_at = of, by.user, at
    row.passed_at = at if by.role is Role.COORDINATOR else None
    row.save()
    _changed(locked, "pledges.translate", language, by=by, at=at)
    return row


def _said(of: Version, words: Mapping[str, str], phrases: Mapping[str, str]) -> dict[str, Any]:
    """What a translation of this version keeps: its fields, and what there is of its rows' phrases."""
    kept = {phrase: phrases.get(phrase, "") for phrase in of.phrases}
    return {name: words.get(name, "") for name in TRANSLATED} | {"phrases": kept}


def _wrong_language(language: str, of: Version) -> str | None:
    return None if language in languages_for(of) else _("The text is not translated into this language.")


def _is_done(translation: Translation, by: Actor) -> bool:
    """Whether saving it once more would change nothing: a coordinator's saving passes it."""
    return translation.passed_at is not None or by.role is Role.OWNER


def _differs(translation: Translation, said: Mapping[str, Any]) -> bool:
    return any(getattr(translation, name) != value for name, value in said.items())


@transaction.atomic
def remove(submission: Submission, language: str, *, by: Actor, at: datetime) -> None:
    """Delete a translation, from the public side too. Raises Refused."""
    locked = lock(submission)
    if sentence := refusal(locked, by=by):
        raise Refused(sentence)
    if locked.translations.filter(language=language).delete()[0]:
        _changed(locked, "pledges.remove_translation", language, by=by, at=at)


@transaction.atomic
def pass_translation(submission: Submission, language: str, *, stamp: str, by: Actor, at: datetime) -> None:
    """Let others read the owner's translation, as the coordinator has read it. Raises Refused."""
    locked = lock(submission)
    if sentence := refusal(locked, by=by):
        raise Refused(sentence)
    if by.role is not Role.COORDINATOR:
        raise Refused(_("This is not yours to do."))
    row = locked.translations.filter(language=language).first()
    if row is None or row.stamp != stamp:
        raise Refused(_("Another translation has come meanwhile. Read it before you pass it."))
    if row.passed_at is None:
        row.passed_at = at
        row.save(update_fields=["passed_at"])
        _changed(locked, "pledges.pass_translation", language, by=by, at=at)


def _changed(locked: Submission, action: str, language: str, *, by: Actor, at: datetime) -> None:
    log(locked, action, user=by.user, data={"language": language}, timestamp=at)
    publishing.refresh_locked(locked, at=at)
