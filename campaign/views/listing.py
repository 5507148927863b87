"""The links around the public list: filters, chips, sort orders and views."""

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext as _

from campaign.browsing import SORTS, VIEWS, Found, Wish
from campaign.panel import Option, titles


def link(wish: Wish, **changes) -> str:
    query = wish.query(**changes)
    return f"?{query}" if query else "."


def facets(found: Found) -> list[dict]:
    """The side panel: every filter with the options that bring something; the one in force leads back to all."""
    groups = [
        {"name": name, "title": title, "options": _rows(found, name)} for name, title in titles().items()
    ]
    return [group for group in groups if group["options"]]


def _rows(found: Found, name: str) -> list[dict]:
    """A filter's options; without numbers where there are too many to count, with those that bring nothing left out."""
    chosen, numbers = found.chosen.get(name), found.numbers[name]
    options = found.panel.options[name]
    if chosen and chosen not in options:
        options = [*options, chosen]
    rows = []
    for option in options:
        number = option.count if numbers is None else numbers.get(option.counted, 0)
        if number or option == chosen:
            count = "" if numbers is None else grouped(number)
            rows.append(_row(found.wish, name, option, chosen) | {"count": count})
    return rows


def grouped(number: int) -> str:
    """A number as people write it; most are small, and a panel has fifty."""
    return intcomma(number) if number > 999 else str(number)


def _row(wish: Wish, name: str, option: Option, chosen: Option | None) -> dict:
    current = option == chosen
    url = link(wish, **{name: "" if current else option.value})
    return {
        "label": option.label,
        "hue": option.hue,
        "current": current,
        "url": url,
    }


def chips(found: Found) -> list[dict]:
    """What is in force, each with the list without it; a value that means nothing is shown as it came."""
    rows = []
    if found.wish.q:
        rows.append({"label": _("“%(words)s”") % {"words": found.wish.q}, "url": link(found.wish, q="")})
    for name, option in found.chosen.items():
        label = option.label if option else getattr(found.wish, name)
        rows.append({"label": label, "url": link(found.wish, **{name: ""})})
    return rows


def sorts(wish: Wish) -> list[dict]:
    labels = {"newest": _("Newest first"), "oldest": _("Oldest first"), "title": _("By title")}
    return [
        {"label": labels[name], "url": link(wish, sort=name), "current": wish.sort == name} for name in SORTS
    ]


def views(wish: Wish) -> list[dict]:
    labels = {"cards": _("Cards"), "table": _("Table")}
    return [
        {"label": labels[name], "url": link(wish, view=name), "current": wish.view == name} for name in VIEWS
    ]
