"""The demo's two campaigns: their dates, themes, criteria and awards."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from campaign.models import Campaign, Phase, Theme
from review.demo.texts import in_languages, read
from review.models import AwardCategory, Criterion, CriterionPoint


def lay(name: str, stage: str, *, at: datetime) -> Campaign:
    """The round of this name, made where it is missing, its dates laid around `at` so that `stage` is on.

    Dates that say so already are left alone.
    """
    facts = read("campaign")["rounds"][name]
    days = facts.get("phases") or facts["at"][stage]
    campaign = Campaign.objects.filter(slug=facts["slug"]).first()
    if campaign is None:
        campaign = _make(name, facts, opens_at=moment(at, days["opens"], "opens"))
    if not campaign.is_on(stage, at):
        _date(campaign, days, at)
    return Campaign.objects.get(pk=campaign.pk)


def moment(at: datetime, days: int, clock: str) -> datetime:
    """A day counted from `at`, at the clock time of this name."""
    words = read("campaign")
    zone = ZoneInfo(words["time_zone"])
    day = at.astimezone(zone).date() + timedelta(days=days)
    return datetime.combine(day, time.fromisoformat(words["clock"][clock]), zone)


def morning(campaign: Campaign, kind: str, *, day: int) -> datetime:
    """Ten o'clock in the campaign's zone, days after a phase opened."""
    opened = campaign.phase(kind).opens_at.astimezone(campaign.zone)
    return (opened + timedelta(days=day)).replace(hour=10, minute=0)


def _make(name: str, facts: dict[str, Any], *, opens_at: datetime) -> Campaign:
    words = read("campaign")
    names = {code: text.format(year=opens_at.year) for code, text in facts["name"].items()}
    if name == "current":
        Campaign.objects.filter(is_current=True).update(is_current=False)
    shared = {field: words[field] for field in ("hashtag", "time_zone", "reference_prefix")}
    own = {field: facts[field] for field in ("slug", "publishing", "expected")}
    campaign = Campaign.objects.create(
        is_current=name == "current",
        **shared,
        **own,
        **in_languages(name=names, organiser=words["organiser"]),
    )
    _add_themes(campaign, words["themes"])
    _add_criteria(campaign, words["criteria"])
    _add_categories(campaign, words["award_categories"])
    return campaign


def _date(campaign: Campaign, days: dict[str, int], at: datetime) -> None:
    """Phases that follow each other without a gap."""
    opens_at = moment(at, days["opens"], "opens")
    campaign.phases.all().delete()
    for kind in Phase.Kind.values:
        closes_at = moment(at, days[kind], "closes")
        Phase.objects.create(campaign=campaign, kind=kind, opens_at=opens_at, closes_at=closes_at)
        opens_at = closes_at


def _add_themes(campaign: Campaign, themes: list[dict[str, Any]]) -> None:
    for position, theme in enumerate(themes):
        texts = in_languages(name=theme["name"], introduction=theme["introduction"])
        Theme.objects.create(
            campaign=campaign, slug=theme["slug"], hue=theme["hue"], position=position, **texts
        )


def _add_criteria(campaign: Campaign, criteria: list[dict[str, Any]]) -> None:
    for position, facts in enumerate(criteria):
        texts = in_languages(name=facts["name"], question=facts["question"])
        criterion = Criterion.objects.create(
            campaign=campaign, weight=facts["weight"], position=position, **texts
        )
        for points in range(criterion.max_points + 1):
            guidance = {code: lines[points] for code, lines in facts["guidance"].items()}
            CriterionPoint.objects.create(
                criterion=criterion, points=points, **in_languages(guidance=guidance)
            )


def _add_categories(campaign: Campaign, categories: list[dict[str, Any]]) -> None:
    fields = ("name", "description", "prize", "payer")
    for position, facts in enumerate(categories):
        texts = in_languages(**{field: facts[field] for field in fields})
        AwardCategory.objects.create(campaign=campaign, position=position, **texts)
