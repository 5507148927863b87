"""Blind review: who gives a submission is hidden from its reviewers until they have handed in.

Whatever a reviewer's page prints of a submission goes through its veil.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, fields, replace
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from campaign.languages import Piece, Reading
from campaign.models import Campaign
from campaign.models.text import WORDS
from home.models import User
from pledges.models import Participation, Submission, Translation, Version
from review import giveaways, permissions, reading
from review.models import Procedure, Redaction, Review
from review.ties import shared_domains

BARS = "▇▇▇"


class Hidden(str):
    """A text with hidden passages: bars, which a page has read out as a word."""

    def __html__(self) -> SafeString:
        word = escape(_("hidden"))
        spoken = f'<span aria-hidden="true">{BARS}</span><span class="visually-hidden">{word}</span>'
        return mark_safe(str(escape(str(self))).replace(BARS, spoken))  # noqa: S308 (escaped, but for these marks)


@dataclass(frozen=True)
class Veil:
    """What hides from one reader who gives one submission. Without a pattern it hides nothing."""

    is_down: bool = False
    pattern: re.Pattern[str] | None = None

    def hide(self, text: str) -> str:
        if self.pattern is None or not self.pattern.search(text):
            return text
        return Hidden(self.pattern.sub(BARS, text))

    def over(self, reading: Reading) -> Reading:
        """A reading with all that it holds covered, whatever its fields are."""
        return replace(
            reading, **{field.name: self._cover(getattr(reading, field.name)) for field in fields(reading)}
        )

    def over_version(self, version: Version) -> Version:
        """The same for a version that is only to be printed: it is changed itself."""
        for name in WORDS:
            setattr(version, name, self.hide(getattr(version, name)))
        return version

    def over_rows(self, rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        return [self._cover(row) for row in rows]

    def _cover(self, value: Any) -> Any:
        if isinstance(value, str):
            return self.hide(value)
        if isinstance(value, Piece):
            return Piece(self.hide(value.text), value.lang)
        if isinstance(value, dict):
            return {key: self._cover(each) for key, each in value.items()}
        return [self._cover(each) for each in value] if isinstance(value, list) else value


def shown(
    submission: Submission, version: Version, veil: Veil, *, translations: Iterable[Translation], asked: str
) -> dict[str, Any]:
    """All that is printed of a submission itself, through the veil; of who gives it nothing while that is down.

    `asked` is the language of the reading that was asked for.
    """
    read = reading.readings(version, translations, asked=asked)
    facts = reading.facts(version)
    confirmed = submission.participations.filter(state=Participation.State.CONFIRMED)
    parts = () if veil.is_down else confirmed.select_related("organisation").order_by("pk")
    return {
        "is_blind": veil.is_down,
        "files": () if veil.is_down else submission.attachments.passed(),
        "organisations": sorted(parts, key=lambda part: part.role != Participation.Role.LEAD),
        "words": veil.over(read["words"]),
        "readings": read["readings"],
        "facts": veil.over_rows(facts),
        "version": veil.over_version(version),
    }


def is_blind(campaign: Campaign) -> bool:
    return Procedure.of(campaign).is_blind


def is_blind_for(user: User, campaign: Campaign) -> bool:
    """Whether this person reviews the campaign without knowing who gives what."""
    return is_blind(campaign) and not permissions.oversees(user)


def veil(submission: Submission, user: User) -> Veil:
    """What lies between a person and one submission."""
    return veils([submission], user, submission.campaign)[submission.pk]


def veils(submissions: Collection[Submission], user: User, campaign: Campaign) -> dict[int, Veil]:
    """The same for several submissions of one campaign, by id: four queries where the review is blind."""
    lifted = {submission.pk: Veil() for submission in submissions}
    if not is_blind_for(user, campaign):
        return lifted
    mine = Review.objects.filter(submission__in=lifted, reviewer=user, handed_in_at__isnull=False)
    seen = set(mine.values_list("submission", flat=True))
    return lifted | as_reviewers_see([row for row in submissions if row.pk not in seen], campaign)


def as_reviewers_see(submissions: Collection[Submission], campaign: Campaign) -> dict[int, Veil]:
    """The veils of those who have not handed in."""
    known = {submission.pk: _people(submission) for submission in submissions}
    for part in Participation.objects.filter(submission__in=known).select_related("organisation"):
        told = known[part.submission_id]
        told["names"].add(part.organisation.name)
        told["websites"].add(part.organisation.website)
        told["people"].add(part.contact_name)
        told["emails"].add(part.contact_email)
    for submission, passage in Redaction.objects.filter(submission__in=known).values_list(
        "submission", "passage"
    ):
        known[submission]["passages"].add(passage)
    shared = shared_domains(Procedure.of(campaign))
    return {pk: Veil(True, giveaways.pattern_of(**_said(told), shared=shared)) for pk, told in known.items()}


def cover(submissions: Collection[Submission], user: User, campaign: Campaign) -> dict[int, Veil]:
    """Put the veils over the screened texts of a list that is only to be printed; what they are, by id."""
    found = veils(submissions, user, campaign)
    for submission in submissions:
        if submission.screened:
            found[submission.pk].over_version(submission.screened)
    return found


def _people(submission: Submission) -> dict[str, set[str]]:
    return {
        "names": set(),
        "websites": set(),
        "people": {submission.contact_name, submission.second_name},
        "emails": {submission.contact_email, submission.second_email},
        "passages": {submission.contact_phone},
    }


def _said(told: dict[str, set[str]]) -> dict[str, set[str]]:
    return {name: {value for value in values if value.strip()} for name, values in told.items()}
