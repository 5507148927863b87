"""The tabs of the desk's lists, and those of the coordinators' list of submissions."""

from collections.abc import Collection
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pledges.models import Status
from pledges.models.submission import SubmissionQuerySet
from review.screening import newer_texts, reported, unassigned, unconfirmed
from review.views.desk import Desk

# The tabs of the list: address, name, and which submissions stand under it. What waits for somebody comes first.
TO_DO = {
    "screen": (gettext_lazy("To screen"), lambda rows: rows.to_screen()),
    "unassigned": (gettext_lazy("Without a reviewer"), unassigned),
    "newer": (gettext_lazy("Something new"), newer_texts),
    "reported": (gettext_lazy("Reported"), reported),
    "unconfirmed": (gettext_lazy("E-mail not confirmed"), unconfirmed),
    "all": (gettext_lazy("All"), lambda rows: rows),
}
STATUSES = {
    "review": Status.IN_REVIEW,
    "returned": Status.RETURNED,
    "selected": Status.SELECTED,
    "reserve": Status.RESERVE,
    "declined": Status.DECLINED,
    "ineligible": Status.INELIGIBLE,
    "spam": Status.SPAM,
    "withdrawn": Status.WITHDRAWN,
}
BY_STATUS = {
    code: (status.label, partial(SubmissionQuerySet.filter, status=status))
    for code, status in STATUSES.items()
}
TABS = TO_DO | BY_STATUS
LATE = "late"


def chosen(desk: Desk, codes: Collection[str], *, name: str = "tab") -> str:
    """The tab that the address asks for; the first one, with a notice, where there is none of that name."""
    asked = desk.request.GET.get(name, "")
    if asked in codes:
        return asked
    if asked:
        desk.note(_("This list has no such part. Here is the first one."))
    return next(iter(codes), "")


def tabs_of(desk: Desk, current: str) -> dict:
    """The tabs of the list; drafts that missed the call are no submissions yet, stand last, and are not observed."""
    late = {"code": LATE, "label": _("Drafts after the deadline"), "current": current == LATE}
    more = [*_tabs(BY_STATUS, current), *([late] if desk.may_write else [])]
    return {"tabs": _tabs(TO_DO, current), "more_tabs": more}


def _tabs(group: dict[str, tuple], current: str) -> list[dict]:
    return [
        {"code": code, "label": label, "current": code == current} for code, (label, _rows) in group.items()
    ]
