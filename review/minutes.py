"""The minutes of a meeting, as PDF and as a Word document, in the language of who takes them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from home.models import User
from home.paper import pdf
from review.meetings import seen_cases
from review.models import Decision, Meeting, MeetingCase


@dataclass(frozen=True, kw_only=True)
class Item:
    """One case. Of one that is hidden from the reader there is nothing but its number."""

    number: int
    is_hidden: bool
    title: str = ""
    lang: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    notes: str = ""


@dataclass(frozen=True, kw_only=True)
class Minutes:
    title: str
    campaign: str
    is_draft: bool
    facts: tuple[tuple[str, str], ...]
    items: tuple[Item, ...]

    @property
    def hidden(self) -> int:
        return sum(item.is_hidden for item in self.items)


def of(meeting: Meeting, reader: User) -> Minutes:
    """What the meeting recorded. Cases in which the reader has a conflict of interest are left out."""
    seen = set(seen_cases(meeting, reader).values_list("pk", flat=True))
    cases = meeting.cases.select_related("submission__screened", "submission__standing")
    cases = cases.prefetch_related("present", "absent")
    return Minutes(
        title=meeting.title,
        campaign=meeting.campaign.name,
        is_draft=meeting.closed_at is None,
        facts=_said(
            (_("Time"), _span(meeting)),
            (_("Place"), meeting.place),
            (_("Chair"), str(meeting.chair)),
            (_("Secretary"), str(meeting.secretary)),
            (_("Present"), _names(meeting.present.order_by("last_name", "first_name", "pk"))),
        ),
        items=tuple(
            _item(case, number) if case.pk in seen else Item(number=number, is_hidden=True)
            for number, case in enumerate(cases, start=1)
        ),
    )


def _span(meeting: Meeting) -> str:
    """From when to when, in the campaign's zone: as it was, or as it is planned."""
    moments = [meeting.opened_at or meeting.starts_at, meeting.closed_at]
    return " – ".join(_moment(moment, meeting) for moment in moments if moment)


def _moment(moment: datetime, meeting: Meeting) -> str:
    return date_format(localtime(moment, meeting.campaign.zone), "SHORT_DATETIME_FORMAT")


def _names(people: Iterable[User]) -> str:
    return ", ".join(map(str, people))


def _said(*facts: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    """Those that say something."""
    return tuple((label, value) for label, value in facts if value)


def _item(case: MeetingCase, number: int) -> Item:
    submission = case.submission
    text, standing = submission.screened, getattr(submission, "standing", None)
    mean = number_format(standing.mean, 2) if standing and case.revealed_at else ""
    score = "" if case.final_score is None else number_format(case.final_score, 2)
    outcome = Decision.Outcome(case.outcome).label if case.outcome else _("none at this meeting")
    return Item(
        number=number,
        is_hidden=False,
        title=text.title if text else "",
        lang=text.lang if text else "",
        facts=_said(
            (_("Reference"), submission.reference),
            (_("Decision"), str(outcome) if case.handled_at else _("not dealt with")),
            (_("Final score"), score),
            (_("Mean of the reviews"), mean),
            (_("In the room"), _names(case.present.all())),
            (_("Left the room because of a conflict of interest"), _names(case.absent.all())),
        ),
        notes=case.notes,
    )


def as_pdf(minutes: Minutes) -> bytes:
    """Raises NoPaper where the machine makes none."""
    return pdf("review/minutes_pdf.html", {"minutes": minutes, "LANGUAGE_CODE": get_language()})


def as_word(minutes: Minutes) -> bytes:
    from docx import Document

    document = Document()
    document.core_properties.title = minutes.title
    document.core_properties.author = ""
    document.core_properties.language = get_language() or ""
    document.add_heading(minutes.title, 0)
    document.add_paragraph(minutes.campaign)
    if minutes.is_draft:
        document.add_paragraph(_("Draft: the meeting has not been closed."))
    _write_facts(document, minutes.facts)
    for item in minutes.items:
        if item.is_hidden:
            document.add_heading(_("Case %(number)d") % {"number": item.number}, 1)
            document.add_paragraph(_("Left out: you have a conflict of interest in it."))
            continue
        document.add_heading(f"{item.number}. {item.title}", 1)
        _write_facts(document, item.facts)
        for line in filter(None, item.notes.split("\n")):
            document.add_paragraph(line)
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def _write_facts(document: Any, facts: tuple[tuple[str, str], ...]) -> None:
    for label, value in facts:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{label}: ").bold = True
        paragraph.add_run(value)


@dataclass(frozen=True)
class Form:
    content_type: str
    made: Callable[[Minutes], bytes]


FORMS = {
    "pdf": Form("application/pdf", as_pdf),
    "docx": Form("application/vnd.openxmlformats-officedocument.wordprocessingml.document", as_word),
}
