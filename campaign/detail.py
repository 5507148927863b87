"""Reading one public submission whole: its facts, targets, awards and where it may be shared."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import get_language, get_language_info, pgettext
from django.utils.translation import gettext as _

from campaign.edition import release_url
from campaign.kinds import Scope
from campaign.models import ProgrammeRelease, PublicItem
from campaign.sharing import share_links
from home.addresses import absolute


def detail(item: PublicItem) -> dict:
    """What the page of a submission prints."""
    url = absolute(item.get_absolute_url())
    # Only the selected are in a programme and only the awarded have awards: the rest is spared the questions.
    release = _latest_release(item) if item.selected else None
    return {
        "item": item,
        "crumbs": [{"url": item.campaign.address("submissions"), "label": _("Pledges and initiatives")}],
        "facts": facts(item),
        "awards": list(item.awards.all()) if item.awarded else [],
        "release": release,
        "release_url": f"{release_url(item.campaign, release)}#{item.reference}" if release else "",
        "needs": [_exchange(row) for row in item.needs],
        "offers": [_exchange(row) for row in item.offers],
        "share_links": share_links(item, url) if item.shareable else [],
        "canonical": url,
        "og": {"title": item.title, "description": item.summary, "url": url} if item.shareable else None,
    }


def _latest_release(item: PublicItem) -> ProgrammeRelease | None:
    return ProgrammeRelease.objects.filter(entries__item=item).order_by("-number").first()


def facts(item: PublicItem) -> list[dict]:
    theme = {"label": _("Theme"), "value": item.theme.name, "hue": item.theme.hue}
    others = ", ".join(theme.name for theme in item.other_themes.all())
    tags = " ".join(f"#{name}" for name in sorted(item.tags.names()))
    return [
        {"label": _("Kind"), "value": item.get_kind_display()},
        theme,
        {"label": _("Also about"), "value": others},
        {"label": _("Where"), "value": place(item)},
        {"label": _("When"), "value": span(item.starts_on, item.ends_on)},
        {"label": _("Done in"), "value": item.delivery_languages},
        {"label": _("Hashtags"), "value": tags},
        {"label": _("Language"), "value": _language(item)},
        {"label": _("Reference"), "value": item.reference},
    ]


def place(item: PublicItem) -> str:
    """Where, in words: the regions, and the municipalities where they are named."""
    if item.scope in {Scope.COUNTRY, Scope.ELSEWHERE}:
        return item.get_scope_display()
    regions = ", ".join(item.region_names)
    municipalities = ", ".join(municipality.name for municipality in item.municipalities.all())
    return ": ".join(part for part in (regions, municipalities) if part)


def span(starts_on: date | None, ends_on: date | None) -> str:
    if starts_on and ends_on:
        return f"{_day(starts_on)} – {_day(ends_on)}"
    if starts_on:
        return pgettext("time", "from %(day)s") % {"day": _day(starts_on)}
    return pgettext("time", "until %(day)s") % {"day": _day(ends_on)} if ends_on else ""


def _day(day: date) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")


def _language(item: PublicItem) -> str:
    """The language of the text, named where it is not the reader's."""
    if item.language == get_language():
        return ""
    return get_language_info(item.language)["name_translated"].capitalize()


def _exchange(row: dict) -> dict:
    """A need or an offer with what bounds it in one line."""
    until = row.get("until")
    bounds = [
        row.get("amount"),
        row.get("where"),
        pgettext("time", "until %(day)s") % {"day": _day(date.fromisoformat(until))} if until else "",
    ]
    return {"what": row["what"], "bounds": " · ".join(bound for bound in bounds if bound)}
