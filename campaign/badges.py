"""The badge of an award: a small picture that winners show on their own websites."""

from dataclasses import dataclass
from textwrap import wrap

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from campaign.house import RIM, arch
from campaign.languages import reader_s
from campaign.models import PublicAward, PublicItem
from home.addresses import absolute

WIDTH, MARGIN = 360, 18
DOOR_WIDTH, DOOR_HEIGHT = 58, 90
TEXT_AT = MARGIN + DOOR_WIDTH + MARGIN
# How many letters fit beside the door, and how much room a line of them takes, by size.
LARGE, SMALL = (27, 23), (36, 18)
MOST_LINES = 3


@dataclass(frozen=True)
class Line:
    text: str
    y: int
    is_large: bool


@dataclass(frozen=True, kw_only=True)
class Badge:
    """A drawn badge; `label` says all of it in words."""

    label: str
    lines: list[Line]
    height: int
    frame: str
    opening: str
    door: tuple[int, int]
    text_at: int = TEXT_AT
    width: int = WIDTH


def badge(item: PublicItem, awards: list[PublicAward]) -> Badge:
    """The door of an awarded submission, and its awards beside it, in the language that is spoken."""
    words = [(line, True) for award in awards for line in _lines(award.category, LARGE[0])]
    words += [(line, False) for line in _lines(_title(item), SMALL[0])]
    words += [(line, False) for line in _lines(f"{item.campaign.name} #{item.campaign.hashtag}", SMALL[0])]
    lines, y = [], MARGIN
    for text, is_large in words:
        y += LARGE[1] if is_large else SMALL[1]
        lines.append(Line(text, y, is_large))
    height = max(y + MARGIN, DOOR_HEIGHT + MARGIN)
    return Badge(
        label=_label(item, awards),
        lines=lines,
        height=height,
        frame=arch(MARGIN, height - DOOR_HEIGHT, DOOR_WIDTH, DOOR_HEIGHT),
        opening=arch(
            MARGIN + RIM, height - DOOR_HEIGHT + RIM * 1.5, DOOR_WIDTH - 2 * RIM, DOOR_HEIGHT - RIM * 1.5
        ),
        door=(MARGIN + DOOR_WIDTH - RIM - 7, height - DOOR_HEIGHT // 3),
    )


def snippet(item: PublicItem, awards: list[PublicAward]) -> str:
    """What a winner puts into a page of their own: the badge as a picture that leads to the submission."""
    drawn = badge(item, awards)
    return format_html(
        '<a href="{}"><img src="{}" alt="{}" width="{}" height="{}"></a>',
        absolute(item.get_absolute_url()),
        absolute(reverse("badge", args=[item.reference])),
        drawn.label,
        drawn.width,
        drawn.height,
    )


def _title(item: PublicItem) -> str:
    """As this reader reads it."""
    return item.translations.get(reader_s(), {}).get("title") or item.title


def _label(item: PublicItem, awards: list[PublicAward]) -> str:
    return _("%(awards)s: %(title)s, %(campaign)s") % {
        "awards": ", ".join(award.category for award in awards),
        "title": _title(item),
        "campaign": item.campaign.name,
    }


def _lines(text: str, letters: int) -> list[str]:
    """At most three lines; a longer text ends with an ellipsis."""
    return wrap(text, letters, max_lines=MOST_LINES, placeholder=" …")
