"""Searching and filtering the public submissions of a campaign. Whatever is asked is answered, never with an error."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Q

from campaign import facets
from campaign.cards import Card, cards
from campaign.conditions import CONDITIONS
from campaign.models import Campaign
from campaign.models.public import PublicItemQuerySet
from campaign.panel import Option, Panel, tag
from campaign.tally import Row, tally

PER_PAGE = 20
MOST = 1_000  # how far combined filters and searches are counted and paged
DEEPEST = 5_000  # how far all others are paged: every page costs the database those before it
LONGEST_QUERY, MOST_WORDS = 200, 8
FILTERS = ("kind", "theme", "region", "organisation_kind", "tag")
SORTS = {
    "newest": ("-published_at", "-pk"),
    "oldest": ("published_at", "pk"),
    "title": ("title", "pk"),
}
VIEWS = ("cards", "table")


@dataclass(frozen=True)
class Wish:
    """What a reader asks for, made safe: an unknown sort, view or page falls back, a filter's value stays as it is."""

    q: str = ""
    kind: str = ""
    theme: str = ""
    region: str = ""
    organisation_kind: str = ""
    tag: str = ""
    sort: str = "newest"
    view: str = "cards"
    page: int = 1

    @classmethod
    def read(cls, params: Mapping[str, str]) -> "Wish":
        texts = {name: _clean(params.get(name, "")) for name in ("q", *FILTERS)}
        return cls(
            **texts,
            sort=_one_of(SORTS, params.get("sort", "")),
            view=_one_of(VIEWS, params.get("view", "")),
            page=_number(params.get("page", "")),
        )

    @property
    def filters(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in FILTERS if getattr(self, name)}

    @property
    def words(self) -> list[str]:
        return self.q.casefold().split()[:MOST_WORDS]

    def query(self, **changes) -> str:
        """The address's query for this wish with changes; what is usual and the page are left out."""
        asked = replace(self, **changes)
        usual = Wish()
        names = ("q", *FILTERS, "sort", "view")
        pairs = {n: getattr(asked, n) for n in names if getattr(asked, n) != getattr(usual, n)}
        return urlencode(pairs)


def _clean(text: str) -> str:
    """One line without control characters, which PostgreSQL would refuse, and not longer than a search needs."""
    return re.sub(r"[\x00-\x1f\x7f\s]+", " ", text).strip()[:LONGEST_QUERY]


def _one_of(names, value: str) -> str:
    return value if value in names else next(iter(names))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 and int(text) else 1


class Found:
    """What a wish brings. Totals come from the counters where one holds them, else they are counted to a bound."""

    def __init__(self, campaign: Campaign, wish: Wish, panel: Panel) -> None:
        self.campaign, self.wish, self.panel = campaign, wish, panel

    @cached_property
    def items(self) -> PublicItemQuerySet:
        return self._matching().order_by(*SORTS[self.wish.sort])

    def _matching(self, *, without: str = "") -> PublicItemQuerySet:
        """What the search and the filters find, one filter left out."""
        found = self.campaign.public_items.filter(self.worded)
        for name, option in self.chosen.items():
            if name != without:
                found = found.filter(CONDITIONS[name](option.counted)) if option else found.none()
        return found

    @cached_property
    def worded(self) -> Q:
        """The search as a condition. It looks into every text, so what it finds is remembered if it is not much."""
        if not self.wish.words:
            return Q()
        asked = Q(*(Q(search_text__contains=word) for word in self.wish.words))
        pks = list(self.campaign.public_items.filter(asked).values_list("pk", flat=True)[: MOST + 1])
        return asked if len(pks) > MOST else Q(pk__in=pks)

    def _rows(self, *, without: str = "") -> list[Row]:
        """What is found, or MOST and one more where there is more."""
        found = self._matching(without=without).values_list(*Row._fields)
        return [Row(*values) for values in found[: MOST + 1]]

    @cached_property
    def rows(self) -> list[Row]:
        return self._rows()

    def option(self, name: str, value: str) -> Option | None:
        """The filter's option of this value, None for a value that means nothing here."""
        option = self.panel.option(name, value)
        if option is None and name == "tag" and (uses := facets.uses(self.campaign, value)):
            return tag(value, uses)
        return option

    @cached_property
    def chosen(self) -> dict[str, Option | None]:
        return {name: self.option(name, value) for name, value in self.wish.filters.items()}

    @property
    def is_combined(self) -> bool:
        return bool(self.wish.words) or len(self.chosen) > 1

    @cached_property
    def total(self) -> int:
        """How many there are, or MOST and one more where a bounded count ends."""
        if self.is_combined:
            return len(self.rows)
        for option in self.chosen.values():
            return option.count if option else 0
        return self.panel.total

    @cached_property
    def numbers(self) -> Mapping[str, Mapping[str, int] | None]:
        """By filter, how many each of its values brings beside the search and the others; None where that is too much to count."""
        free = [name for name in FILTERS if name not in self.chosen]
        if not self.wish.filters and not self.wish.words:
            return {name: self._counters(name) for name in free}
        numbers = self._counted(self.rows if self.total <= MOST else None, free)
        for name in self.chosen:
            if self.is_combined:
                numbers |= self._counted(self._rows(without=name), [name])
            else:
                numbers[name] = self._counters(name)
        return numbers

    def _counters(self, name: str) -> Mapping[str, int]:
        options = [*self.panel.options[name], self.chosen.get(name)]
        return {option.counted: option.count for option in options if option}

    def _counted(self, rows: list[Row] | None, names: list[str]) -> dict[str, Mapping[str, int] | None]:
        if rows is None or len(rows) > MOST:
            return dict.fromkeys(names)
        return dict(tally(rows, names))

    @property
    def is_more(self) -> bool:
        """Whether there are more than a bounded count tells."""
        return self.is_combined and self.total > MOST

    @cached_property
    def page(self) -> Page:
        paginator = Paginator(self.items, PER_PAGE)
        paginator.count = min(self.total, MOST if self.is_combined else DEEPEST)
        return paginator.get_page(self.wish.page)

    @property
    def is_cut(self) -> bool:
        """Whether this is the last page, although there is more."""
        return self.total > self.page.paginator.count and not self.page.has_next()

    @cached_property
    def cards(self) -> list[Card]:
        """The page's submissions as cards, in two queries."""
        return cards(self.page.object_list, campaign=self.campaign, themes=self.panel.themes)

    @property
    def is_beyond(self) -> bool:
        """Whether a page was asked for that is not there."""
        return self.wish.page > self.page.paginator.num_pages
