"""The letters of the pending decisions, looked at and edited one by one before they are released."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from home.asked import whole_number
from pledges.lifecycle import Refused
from pledges.models import Submission
from review import decisions, feedback, letters, permissions
from review.decision_forms import LetterForm
from review.models import Decision, Procedure, Review
from review.sight import visible_to
from review.views.desk import Desk, desk, go

ON_A_PAGE = 10


@desk(permissions.DECIDE)
def overview(desk: Desk) -> HttpResponse:
    pending = decisions.releasable(desk.campaign, desk.user).select_related("submission__screened")
    page = desk.page(pending.order_by("submission"), size=ON_A_PAGE)
    shown = list(page.object_list)
    written = letters.of_decisions(Decision.objects.filter(pk__in=[row.pk for row in shown]))
    comments = choosable(desk, shown)
    rows = [
        {
            "submission": row.submission,
            "decision": row,
            "letter": written.get(row.pk),
            "letter_form": LetterForm(decision=row, comments=comments.get(row.submission_id, [])),
        }
        for row in shown
    ]
    return desk.render("letters", {"page": page, "rows": rows}, tab="decisions")


def choosable(desk: Desk, rows: list[Decision]) -> dict[int, list[Review]]:
    """The comments that could go with the letters, by submission; none where the campaign gives no feedback."""
    if not rows or not Procedure.of(desk.campaign).gives_feedback:
        return {}
    return feedback.by_submission(feedback.to_choose_from([row.submission_id for row in rows]))


@require_POST
@desk(permissions.DECIDE, sees=visible_to)
def edit(desk: Desk, found: Submission) -> HttpResponse:
    """Keep what is added to one letter, and go back to where it was edited."""
    page = whole_number(desk.request.POST.get("back", ""))
    decision = Decision.objects.filter(submission=found).first()
    if decision is None:
        desk.refuse(_("This letter has left already, or there is no decision to tell."))
        return _back(found, page)
    decision.submission = found
    comments = choosable(desk, [decision]).get(found.pk, [])
    form = LetterForm(desk.request.POST, decision=decision, comments=comments)
    if not form.is_valid():
        row = {"submission": found, "decision": decision, "letter_form": form, "back": page}
        return desk.render("edit_letter", {"row": row, "form": form}, tab="decisions", status=422)
    facts = {"note": form.cleaned_data["letter_note"], "comments": form.cleaned_data.get("feedback", ())}
    try:
        decisions.edit_letter(found, **facts, by=desk.user, at=desk.at)
    except Refused as refused:
        desk.refuse(str(refused))
    else:
        desk.say(_("The letter of %(reference)s is saved.") % {"reference": found.reference})
    return _back(found, page)


def _back(found: Submission, page: int | None) -> HttpResponse:
    if page:
        return go("letters", query=f"page={page}", place=found.reference)
    return go("submission", found.reference, place="decision")
