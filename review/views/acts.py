"""The transitions that coordinators make on a submission's page: what each asks for, and what is said afterwards."""

from dataclasses import dataclass

from django.forms import Form
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from pledges import actors
from pledges.lifecycle import TRANSITIONS, allowed
from pledges.models import Submission
from review.date_forms import ReturnForm
from review.forms import PassForm, PlainForm, ReasonForm
from review.views.desk import Desk
from review.views.files import files_of
from review.views.translations import translations_of


@dataclass(frozen=True)
class Act:
    """`done` is said when it has happened; what has a `question` is asked once more before it happens."""

    form: type[Form]
    done: StrOrPromise
    question: StrOrPromise = ""


# Decisions are made elsewhere, pending first.
ACTS = {
    "pass": Act(
        PassForm,
        _("Passed. It is in review, and its public copy appears by the campaign's timing and its consents."),
    ),
    "return": Act(
        ReturnForm, _("Returned. The sender gets a letter with your reasons and the time for correcting.")
    ),
    "reject": Act(ReasonForm, _("Marked as outside the call. The sender gets a letter with your reasons.")),
    "mark_spam": Act(
        PlainForm,
        _("Marked as spam. No letter is sent. If it was a mistake, take it back here."),
        question=_("It leaves the list to screen, and its sender gets no letter. You can take it back."),
    ),
    "restore": Act(PlainForm, _("Taken back. It waits to be screened, as before.")),
}
UNDO = "restore"
# Said instead where the portal itself had taken it for spam.
UNSUSPECTED = _("Taken back. Its sender now gets the first letter, and has 72 hours to confirm.")


def said(name: str, found: Submission) -> str:
    """What is said after an act, to a submission as it was before it."""
    return str(UNSUSPECTED if name == UNDO and found.is_suspect else ACTS[name].done)


def form_of(name: str, desk: Desk, found: Submission, *data) -> Form:
    more = {"return": {"submission": found, "at": desk.at}, "pass": _shown_with(found)}
    return ACTS[name].form(*data, prefix=name, **more.get(name, {}))


def _shown_with(found: Submission) -> dict:
    return {"submission": found, "files": files_of(found), "translations": translations_of(found)}


def offered(desk: Desk, found: Submission, bound: dict[str, Form]) -> dict:
    """The acts that may happen now, with their forms, and the way back from what was set aside."""
    names = [name for name in allowed(found, by=actors.coordinator(desk.user), at=desk.at) if name in ACTS]
    acts = [
        {
            "name": name,
            "label": TRANSITIONS[name].label,
            "letter": TRANSITIONS[name].letter,
            "form": bound.get(name) or form_of(name, desk, found),
            "open": name in bound,
        }
        for name in names
        if name != UNDO
    ]
    return {"acts": acts, "undo": TRANSITIONS[UNDO].label if UNDO in names else ""}
