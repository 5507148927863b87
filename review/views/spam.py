"""Many at once from the list of submissions: marked as spam, or taken back. Each undoes the other."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy
from django.views.decorators.http import require_POST
from django_stubs_ext import StrOrPromise

from pledges import robots
from review import permissions
from review.asked import references
from review.screening import move
from review.sight import visible_to
from review.views.desk import PAGE_SIZE, Desk, desk, go

SPAM = "spam"


@dataclass(frozen=True)
class Bulk:
    """What may be done with the checked rows of some tabs; `question` and `done` speak of so many of them."""

    name: str
    label: StrOrPromise
    question: StrOrPromise
    note: StrOrPromise
    done: StrOrPromise


MARK = Bulk(
    "mark_spam",
    gettext_lazy("Mark the checked as spam"),
    ngettext_lazy("Mark %(number)d submission as spam?", "Mark %(number)d submissions as spam?", "number"),
    gettext_lazy("They leave the list to screen, and their senders get no letter. You can take them back."),
    ngettext_lazy(
        "%(number)d submission is marked as spam. If that was a mistake, take it back: it is still checked below.",
        "%(number)d submissions are marked as spam. If that was a mistake, take them back: they are still checked below.",
        "number",
    ),
)
TAKE_BACK = Bulk(
    "restore",
    gettext_lazy("Take back the checked"),
    ngettext_lazy("Take back %(number)d submission?", "Take back %(number)d submissions?", "number"),
    gettext_lazy(
        "They wait as before. Who had no letter yet, since a robots' trap caught it, gets the first one now, and "
        "has 72 hours to confirm."
    ),
    ngettext_lazy("%(number)d submission is taken back.", "%(number)d submissions are taken back.", "number"),
)
BULKS = {bulk.name: bulk for bulk in (MARK, TAKE_BACK)}
BULK_OF = {"screen": MARK, "unconfirmed": MARK, SPAM: TAKE_BACK}


def explained(desk: Desk) -> dict:
    """What the list of spam says of itself."""
    return {
        "forgotten_after": robots.FORGOTTEN_AFTER.days,
        "only_counted": robots.only_counted(desk.campaign, at=desk.at),
    }


@require_POST
@desk(permissions.SCREEN)
def act_on_checked(desk: Desk) -> HttpResponse:
    """Do one thing with all that were checked, after one more question."""
    asked = desk.request.POST
    tab = asked.get("tab") if asked.get("tab") in BULK_OF else SPAM
    bulk = BULKS.get(asked.get("action", ""))
    checked = references(asked.getlist("submission")[:PAGE_SIZE])
    rows = list(visible_to(desk.user).filter(campaign=desk.campaign, reference__in=checked).with_text())
    if bulk is None or not rows:
        desk.refuse(_("Check at least one submission."))
        return go("submissions", query=f"tab={tab}")
    if "sure" not in asked:
        question = str(bulk.question % {"number": len(rows)})
        context = {"bulk": bulk, "question": question, "rows": rows, "tab": tab}
        return desk.render("sure_of_many", context, tab="submissions")
    return _done(desk, bulk, move(rows, bulk.name, by=desk.user, at=desk.at), len(rows))


def _done(desk: Desk, bulk: Bulk, moved: list[str], asked: int) -> HttpResponse:
    """Say what was done, with what was marked still checked in its new place."""
    if moved:
        desk.say(str(bulk.done % {"number": len(moved)}))
    if left := asked - len(moved):
        sentence = ngettext(
            "%(number)d was not changed: somebody had moved it on already.",
            "%(number)d were not changed: somebody had moved them on already.",
            left,
        )
        desk.warn(sentence % {"number": left})
    checked = "".join(f"&checked={reference}" for reference in moved if bulk is MARK)
    return go("submissions", query=f"tab={SPAM}{checked}")
