"""An entry of the data files as a filled-in form."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from campaign.kinds import Scope
from campaign.models import Campaign, Municipality, Region
from pledges.consent import current_wordings
from pledges.submitting import Contact, Giver, Sending
from pledges.versions import ActionRow, ExchangeRow, Text

SAME = ("language", "title", "summary", "novelty", "target_groups", "participation")


def form_key(campaign: Campaign, entry: dict[str, Any]) -> str:
    return f"demo:{campaign.slug}:{entry['key']}"


def sending(campaign: Campaign, entry: dict[str, Any]) -> Sending:
    day = campaign.deadline.astimezone(campaign.zone).date()
    return Sending(
        form_key=form_key(campaign, entry),
        kind=entry["kind"],
        text=_text(campaign, entry, day),
        giver=giver(entry["organisation"], day),
        contact=Contact(
            contact_name=entry["contact_name"],
            contact_email=entry["contact_email"],
            contact_phone=entry.get("contact_phone", ""),
        ),
        consents=entry["consents"],
        wordings=current_wordings(),
    )


def giver(facts: dict[str, Any], day: date) -> Giver:
    return Giver(
        name=facts["name"],
        kind=facts["kind"],
        municipality_id=_municipality(facts["municipality"], day).pk,
        website=facts.get("website", ""),
    )


def _text(campaign: Campaign, entry: dict[str, Any], day: date) -> Text:
    themes = dict(campaign.themes.values_list("slug", "pk"))
    municipalities = [_municipality(code, day) for code in entry["municipalities"]]
    regions = {region.pk for region in Region.objects.filter(code__in=entry["regions"])}
    return Text(
        **{field: entry[field] for field in SAME},
        plain_summary=entry.get("plain_summary", ""),
        delivery_languages=entry.get("delivery_languages", ""),
        description=entry["description"].strip(),
        theme_id=themes[entry["theme"]],
        other_themes=frozenset(themes[slug] for slug in entry["other_themes"]),
        scope=Scope(entry["scope"]),
        # As on the form, municipalities bring their regions.
        regions=frozenset(regions | {municipality.region_id for municipality in municipalities}),
        municipalities=frozenset(municipality.pk for municipality in municipalities),
        starts_on=day + timedelta(days=entry["starts_in_days"]),
        ends_on=day + timedelta(days=entry["ends_in_days"]),
        tags=frozenset(entry["tags"]),
        actions=tuple(_action(row) for row in entry["actions"]),
        needs=tuple(_exchange(row, day) for row in entry["needs"]),
        offers=tuple(_exchange(row, day) for row in entry["offers"]),
    )


def _municipality(code: str, day: date) -> Municipality:
    return Municipality.objects.valid_on(day).get(code=code)


def _action(row: dict[str, Any]) -> ActionRow:
    """Without a unit it is done or not done."""
    if "unit" not in row:
        return ActionRow(what=row["what"])
    return ActionRow(
        what=row["what"], unit=row["unit"], start=Decimal(row["from"]), target=Decimal(row["to"])
    )


def _exchange(row: dict[str, Any], day: date) -> ExchangeRow:
    until = day + timedelta(days=row["until_in_days"])
    return ExchangeRow(what=row["what"], amount=row["amount"], where=row["where"], until=until)
