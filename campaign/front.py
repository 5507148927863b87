"""Reading what a campaign's front page shows, which changes with the campaign's stage."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import sqrt

from django.http import HttpRequest
from django.utils.translation import get_language, gettext_lazy, npgettext

from campaign import events, facets
from campaign.cards import cards, names_of
from campaign.closing import closings
from campaign.context import current_campaign
from campaign.house import Plate, house
from campaign.models import Campaign, Phase, PublicItem
from campaign.models.news import newest_stories
from campaign.moments import in_words, zone_in_words
from campaign.programme import latest_release
from campaign.rounds import other_rounds
from home.kept import kept
from home.page_cache import keep_until

FEWEST_COLUMNS, MOST_COLUMNS, MOST_ROWS = 8, 14, 8
WIDTH_TO_HEIGHT = 1.8  # of a house in doors, that it stands well beside the headline
PHONE_COLUMNS, PHONE_ROWS = 6, 6
NEW_FOR = timedelta(hours=1)
NEWEST, EVENTS, STORIES = 6, 5, 3


@dataclass(frozen=True)
class Stage:
    """What the front page says and offers in one stage. `says` may name a moment: `%(moment)s %(zone)s`."""

    says: str
    acts: tuple[tuple[str, str], ...]


SUBMIT = ("submit", gettext_lazy("Give a pledge or an initiative"))
READ = ("submissions", gettext_lazy("Read what others pledge"))
PROGRAMME = ("programme", gettext_lazy("Read the programme"))
FOLLOW = ("feed", gettext_lazy("Follow the campaign"))
STAGES = {
    "before": Stage(gettext_lazy("The call opens on %(moment)s %(zone)s."), (FOLLOW,)),
    Phase.Kind.CALL: Stage("", (SUBMIT, READ)),
    Phase.Kind.REVIEW: Stage(
        gettext_lazy("The call has closed. Reviewers now read every pledge and every initiative."),
        (READ, FOLLOW),
    ),
    "closed": Stage(
        gettext_lazy("The call has closed. The review begins on %(moment)s %(zone)s."), (READ, FOLLOW)
    ),
    "reviewed": Stage(
        gettext_lazy("The call has closed. The reviews are done, and the decisions are being made."),
        (READ, FOLLOW),
    ),
    Phase.Kind.RESULTS: Stage(
        gettext_lazy("The call has closed. The selected pledges and initiatives are being announced."),
        (READ, FOLLOW),
    ),
    Phase.Kind.FOLLOW_UP: Stage(
        gettext_lazy("The pledges have been given. Now they are being kept."), (READ, FOLLOW)
    ),
}


def front(request: HttpRequest, campaign: Campaign | None = None, *, at: datetime) -> dict:
    """Everything on the front page but the editor's own words."""
    campaign = campaign or current_campaign(request)
    if campaign is None:
        return {"stage": None}
    if change := campaign.next_change(at):
        keep_until(request, change)
    language = get_language() or "fi"
    name = f"front:{campaign.pk}:{language}"
    shown = kept(request, name, lambda: _shown(campaign, language, at))
    shown = shown | {"rounds": other_rounds(request, campaign)}
    return shown | _stage(campaign, at, has_programme=shown["has_programme"])


def _shown(campaign: Campaign, language: str, at: datetime) -> dict:
    """What has been published, as plain values: the same until something public changes."""
    counts = facets.counts(campaign)
    newest = campaign.public_items.newest()[:NEWEST]
    return {
        "zone": zone_in_words(campaign),
        "numbers": _numbers(counts),
        **_houses(campaign, counts.get("total", {}).get("", 0), at),
        "newest": cards(newest, campaign=campaign, themes=names_of(campaign.themes.all())),
        "events": events.newest(campaign, language=language, stop=EVENTS),
        "stories": newest_stories(language, most=STORIES),
        "feed_urls": events.feed_urls(campaign),
        "list_url": campaign.address("submissions"),
        "feed_url": campaign.address("feed"),
        "has_programme": latest_release(campaign) is not None,
    }


def _stage(campaign: Campaign, at: datetime, *, has_programme: bool) -> dict:
    """The stage at the moment, its sentence and its buttons, and when the call closes."""
    stage = STAGES[_shade(campaign, at)]
    awaited = campaign.phase(Phase.Kind.CALL if campaign.stage(at) == "before" else Phase.Kind.REVIEW)
    opening = awaited.opens_at if awaited else None
    words = {"moment": in_words(opening, campaign) if opening else "", "zone": zone_in_words(campaign)}
    return {
        "stage": campaign.stage(at),
        "says": stage.says % words if stage.says and (opening or "%" not in str(stage.says)) else "",
        "acts": [_act(campaign, *act) for act in ((PROGRAMME,) if has_programme else ()) + stage.acts][:2],
        "closings": closings(campaign, at),
    }


def _shade(campaign: Campaign, at: datetime) -> str:
    """The stage as it is told: of the review, whether it is still to begin, on, or over."""
    stage, review = campaign.stage(at), campaign.phase(Phase.Kind.REVIEW)
    if stage != Phase.Kind.REVIEW or review is None or campaign.is_on(Phase.Kind.REVIEW, at):
        return stage
    return "reviewed" if campaign.has_closed(Phase.Kind.REVIEW, at) else "closed"


def _act(campaign: Campaign, place: str, label: str) -> dict:
    url = f"/{get_language()}/submit/" if place == "submit" else campaign.address(place)
    return {"label": label, "url": url}


def _numbers(counts: dict[str, dict[str, int]]) -> list[dict]:
    kinds = counts.get("kind", {})
    pledges, initiatives = kinds.get("pledge", 0), kinds.get("initiative", 0)
    regions, themes = len(counts.get("region", {})), len(counts.get("theme", {}))
    return [
        {"value": pledges, "label": npgettext("in numbers", "pledge", "pledges", pledges)},
        {"value": initiatives, "label": npgettext("in numbers", "initiative", "initiatives", initiatives)},
        {"value": regions, "label": npgettext("in numbers", "region", "regions", regions)},
        {"value": themes, "label": npgettext("in numbers", "theme", "themes", themes)},
    ]


def _houses(campaign: Campaign, total: int, at: datetime) -> dict:
    """The house as it is drawn on wide screens, and the smaller one for phones."""
    columns = min(MOST_COLUMNS, max(FEWEST_COLUMNS, round(sqrt(campaign.expected * WIDTH_TO_HEIGHT))))
    rows = max(1, min(MOST_ROWS, -(-campaign.expected // columns)))
    doors = [_plate(item, at) for item in campaign.public_items.newest().for_doors()[: columns * rows]]
    return {
        "house": house(doors, total=total, columns=columns, rows=rows),
        "phone": house(doors, total=total, columns=PHONE_COLUMNS, rows=PHONE_ROWS),
    }


def _plate(item: PublicItem, at: datetime) -> Plate:
    return Plate(
        title=item.title,
        url=item.get_absolute_url(),
        hue=item.theme.hue,
        awarded=item.awarded,
        new=item.published_at > at - NEW_FOR,
    )
