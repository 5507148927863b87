"""What waits for a person at the desk, as a table: how many, in which words, and where it is done."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import ngettext_lazy

from campaign.models import Report
from pledges import rewording
from pledges.models.submission import SubmissionQuerySet
from review import decisions, editing, permissions, progress
from review.assignments import unreviewed
from review.screening import newer_texts, unassigned
from review.sight import visible_to
from review.views.desk import Desk, go


@dataclass(frozen=True)
class Waiting:
    """`words` follow the number that `count` finds; `place` is added to the address of the page `page`."""

    words: Any
    count: Callable[[Desk], int]
    page: str
    place: str = ""

    def task(self, desk: Desk) -> dict:
        number = self.count(desk)
        return {"number": number, "sentence": self.words % number, "url": go(self.page).url + self.place}


def seen(desk: Desk) -> SubmissionQuerySet:
    return visible_to(desk.user).filter(campaign=desk.campaign)


def _reports(desk: Desk) -> int:
    readable = seen(desk).order_by().values("reference")
    return Report.objects.filter(item__reference__in=readable, handled_at__isnull=True).count()


def _unreviewed(desk: Desk) -> int:
    return unreviewed(desk.campaign).filter(submission__in=seen(desk).order_by()).count()


def _without_consent(desk: Desk) -> int:
    return decisions.chosen_without_consent(desk.campaign).filter(pk__in=seen(desk)).count()


FOR_REVIEWERS = (
    Waiting(
        ngettext_lazy("submission to review", "submissions to review"),
        lambda desk: progress.of(desk.user, desk.campaign).left,
        "queue",
    ),
)
FOR_COORDINATORS = (
    Waiting(
        ngettext_lazy("submission to screen", "submissions to screen"),
        lambda desk: seen(desk).to_screen().order_by().count(),
        "submissions",
    ),
    Waiting(
        ngettext_lazy("submission with something new to pass", "submissions with something new to pass"),
        lambda desk: newer_texts(seen(desk)).count(),
        "submissions",
        "?tab=newer",
    ),
    Waiting(
        ngettext_lazy("submission without a reviewer", "submissions without a reviewer"),
        lambda desk: unassigned(seen(desk)).count(),
        "submissions",
        "?tab=unassigned",
    ),
    Waiting(
        ngettext_lazy("review not handed in yet", "reviews not handed in yet"),
        _unreviewed,
        "submissions",
        "?tab=review",
    ),
    Waiting(
        ngettext_lazy("decision to release", "decisions to release"),
        lambda desk: decisions.releasable(desk.campaign, desk.user).count(),
        "decisions",
        "?tab=pending",
    ),
    Waiting(ngettext_lazy("missing consent", "missing consents"), _without_consent, "decisions", "#consents"),
    Waiting(
        ngettext_lazy(
            "giver to ask anew: words of consents have changed",
            "givers to ask anew: words of consents have changed",
        ),
        lambda desk: rewording.givers(rewording.unasked(seen(desk))),
        "consents",
    ),
    Waiting(
        ngettext_lazy("report from readers", "reports from readers"),
        _reports,
        "submissions",
        "?tab=reported",
    ),
)
FOR_EDITORS = (
    Waiting(
        ngettext_lazy(
            "page with changes that are not published", "pages with changes that are not published"
        ),
        lambda desk: editing.changed(editing.editable(desk.user)).count(),
        "home",
        "#changed",
    ),
    Waiting(
        ngettext_lazy("draft of a news item", "drafts of news items"),
        lambda desk: editing.news_drafts(editing.editable(desk.user)).count(),
        "home",
        "#drafts",
    ),
    Waiting(
        ngettext_lazy("page that lacks a language", "pages that lack a language"),
        lambda desk: editing.untranslated(editing.editable(desk.user)).count(),
        "home",
        "#untranslated",
    ),
)


def tasks(desk: Desk) -> list[dict]:
    """What waits for this person; nothing that there is none of."""
    groups: Iterable[tuple[bool, tuple[Waiting, ...]]] = (
        (desk.user.has_perm(permissions.REVIEW), FOR_REVIEWERS),
        (desk.user.has_perm(permissions.SCREEN), FOR_COORDINATORS),
        (editing.may_edit_pages(desk.user), FOR_EDITORS),
    )
    found = [row.task(desk) for theirs, group in groups if theirs for row in group]
    return [task for task in found if task["number"]]
