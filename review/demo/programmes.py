"""The demo's co-operation programme: compiled, translated and released twice."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import Any

from campaign.models import Campaign, Phase, ProgrammeEntry, ProgrammeEntryText
from campaign.programme import compile_programme, release_programme
from review.demo.people import Cast
from review.demo.reviewing import lift_from_reserve
from review.demo.rounds import morning
from review.demo.submissions import find

# Days counted from the opening of the results.
FIRST_ON, LIFTED_ON, SECOND_ON = 8, 30, 34


def release(campaign: Campaign, entries: Iterable[dict[str, Any]], cast: Cast, *, at: datetime) -> None:
    """As many editions as have had their day by `at`: the second has what rose from the reserve in between."""
    entries = list(entries)
    results = partial(morning, campaign, Phase.Kind.RESULTS)
    _edition(campaign, entries, cast, at=results(day=FIRST_ON))
    if results(day=SECOND_ON) <= at:
        lift_from_reserve(campaign, entries, cast, at=results(day=LIFTED_ON))
        _edition(campaign, entries, cast, at=results(day=SECOND_ON))


def _edition(campaign: Campaign, entries: list[dict[str, Any]], cast: Cast, *, at: datetime) -> None:
    compile_programme(campaign, by=cast.coordinator, at=at)
    for entry in entries:
        for language, words in entry.get("translations", {}).items():
            _translate(find(campaign, entry).reference, language, words)
    release_programme(campaign, by=cast.coordinator, at=at)


def _translate(reference: str, language: str, words: dict[str, str]) -> None:
    """What an editor wrote in a language that is not the giver's."""
    if entry := ProgrammeEntry.objects.filter(item__reference=reference).first():
        ProgrammeEntryText.objects.update_or_create(
            entry=entry, language=language, defaults={**words, "edited": True}
        )
