"""Public submissions that a title resembles: found by its words, ranked by how rare the words are that they share.

What it costs is bounded: it looks into the newest `LOOKED_INTO` texts of the campaign for at most `MOST_WORDS` words.
"""

import re
from collections.abc import Mapping, Sequence
from math import log

from django.db.models import BooleanField, ExpressionWrapper, Q

from campaign.cards import Card, cards, names_of
from campaign.models import Campaign

LOOKED_INTO = 1_000
FEWEST_SHARED = 2  # one word in common is chance, where the title has more
MOST, MOST_WORDS, LONGEST_TITLE = 5, 6, 200
FEWEST_LETTERS = 4  # shorter words join sentences and say little of what they are about
STEM = 6  # letters in which the forms of a word agree: kahvila, kahvilat, kahviloita
COMMON = 0.4  # a word that more than this share of the texts holds says nothing


def similar(campaign: Campaign, title: str, *, without: str = "") -> list[Card]:
    """The public submissions nearest to a title, the nearest first; `without` is the reference of its own (four queries)."""
    stems = stems_of(title)
    if not stems:
        return []
    ranked = _ranked(campaign, stems, without)
    if not ranked:
        return []
    found = cards(
        campaign.public_items.filter(reference__in=ranked),
        campaign=campaign,
        themes=names_of(campaign.themes.all()),
    )
    return sorted(found, key=lambda card: ranked.index(card.reference))


def stems_of(title: str) -> list[str]:
    """The beginnings of the words that say what a title is about, the longest words first, each once."""
    words = re.findall(r"[^\W\d_]+", title[:LONGEST_TITLE].casefold())
    telling = sorted((word for word in words if len(word) >= FEWEST_LETTERS), key=len, reverse=True)
    return list(dict.fromkeys(word[:STEM] for word in telling))[:MOST_WORDS]


def _ranked(campaign: Campaign, stems: Sequence[str], without: str) -> list[str]:
    """The references of the nearest, by the weight of the words that they share."""
    newest = campaign.public_items.newest().values("pk")[:LOOKED_INTO]
    holds = {
        f"holds_{place}": ExpressionWrapper(Q(search_text__contains=stem), output_field=BooleanField())
        for place, stem in enumerate(stems)
    }
    rows = campaign.public_items.filter(pk__in=newest).newest().annotate(**holds)
    shares = {reference: held for reference, *held in rows.values_list("reference", *holds)}
    weights = _weights(shares)
    points = {
        reference: sum(weight for weight, is_held in zip(weights, held, strict=True) if is_held)
        for reference, held in shares.items()
        if reference != without and sum(held) >= min(FEWEST_SHARED, len(stems))
    }
    nearest = sorted(points, key=lambda reference: points[reference], reverse=True)
    return [reference for reference in nearest if points[reference]][:MOST]


def _weights(shares: Mapping[str, Sequence[bool]]) -> list[float]:
    """What each word is worth: the more, the fewer texts hold it; nothing where it is common among many."""
    total = len(shares)
    numbers = [sum(column) for column in zip(*shares.values(), strict=True)]
    return [
        0 if not number or (total > MOST and number > COMMON * total) else log(1 + total / number)
        for number in numbers
    ]
