"""One submission as a coordinator sees it, and what is done with it there."""

from django.core.mail import EmailMultiAlternatives
from django.db.models import Exists, OuterRef
from django.forms import Form
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.models import ModelLogEntry

from campaign.models import Report
from home.asked import whole_number, whole_numbers
from home.models import User
from pledges import actors, correcting
from pledges.attachments import pass_refusal as files_refusal
from pledges.endings import erasure_refusal
from pledges.handover import transfer_refusal
from pledges.lifecycle import TRANSITIONS, Refused, perform, refusal
from pledges.links import revoke_refusal
from pledges.models import Attachment, Participation, Submission
from pledges.models.submission import SubmissionQuerySet
from pledges.revisions import pass_refusal, pass_version
from pledges.surfaces import in_force
from pledges.translating import places
from review import letters, permissions, reading, screening
from review.assignable import may_be_assigned
from review.assignments import assign, unassign
from review.awards import is_known_winner
from review.correcting import is_known, may_decide
from review.decision_forms import DecisionForm, LetterForm
from review.forms import AssignForm, EraseForm, TransferForm
from review.interests import declare_conflict
from review.models import Assignment, Decision
from review.sight import unnamed_to, visible_to
from review.views.acts import ACTS, form_of, offered, said
from review.views.desk import Desk, desk, go
from review.views.files import files_of
from review.views.letters import choosable
from review.views.translations import HAS_TRANSLATIONS, translations_of


def to_judge(user: User) -> SubmissionQuerySet:
    """With what most have none of told beforehand, so that it is not asked for."""
    return (
        visible_to(user)
        .select_related("decision__decided_by", "standing")
        .annotate(
            has_files=Exists(Attachment.objects.filter(submission=OuterRef("pk"))),
            has_translations=HAS_TRANSLATIONS,
            has_reports=Exists(Report.objects.filter(item__reference=OuterRef("reference"))),
        )
    )


@desk(permissions.SCREEN, sees=to_judge)
def submission(desk: Desk, found: Submission) -> HttpResponse:
    if desk.request.method == "POST":
        return _act(desk, found)
    return show(desk, found)


def _act(desk: Desk, found: Submission) -> HttpResponse:
    name = desk.request.POST.get("action", "")
    if name not in ACTS:
        desk.refuse(_("Choose what to do with the submission."))
        return go("submission", found.reference)
    form = form_of(name, desk, found, desk.request.POST)
    if not form.is_valid():
        return show(desk, found, bound={name: form})
    try:
        if "preview" in desk.request.POST:
            return _preview(desk, found, name, form)
        if ACTS[name].question and "sure" not in desk.request.POST:
            return _ask(desk, found, name)
        perform(found, name, by=actors.coordinator(desk.user), at=desk.at, **form.cleaned_data)
    except Refused as refused:
        desk.refuse(str(refused))
        return show(desk, found, bound={name: form})
    desk.say(said(name, found))
    return go("submission", found.reference)


def _preview(desk: Desk, found: Submission, name: str, form: Form) -> HttpResponse:
    """The page with the letter that the act would send. Raises Refused like the act."""
    letter = letters.of_transition(found, name, by=desk.user, at=desk.at, **form.cleaned_data)
    if letter is None:
        desk.refuse(_("No letter is sent for this."))
    return show(desk, found, bound={name: form}, letter=letter)


def _ask(desk: Desk, found: Submission, name: str) -> HttpResponse:
    """One more page before an act that is easily pressed by mistake. Raises Refused where it may not happen."""
    if sentence := refusal(found, name, by=actors.coordinator(desk.user), at=desk.at):
        raise Refused(sentence)
    asked = {"name": name, "label": TRANSITIONS[name].label, "question": ACTS[name].question}
    return desk.render("sure", {"submission": found, "act": asked}, tab="submissions")


def show(
    desk: Desk,
    found: Submission,
    *,
    bound: dict[str, Form] | None = None,
    letter: EmailMultiAlternatives | None = None,
) -> HttpResponse:
    bound = bound or {}
    context = {
        "submission": found,
        "form": next(iter(bound.values()), None),
        "letter": letter,
        "opened": correcting.in_words(found),
        **_texts(desk, found),
        **_files(desk, found),
        **offered(desk, found, bound),
        **_people(desk, found, bound.get("transfer")),
        **_judgements(desk, found, bound.get("decision")),
        "reports": Report.objects.filter(item__reference=found.reference) if found.has_reports else [],
        "trail": _trail(found),
        "unnamed": unnamed_to(desk.user),
        "erase_form": _erase_form(desk, found, bound.get("erase")),
    }
    status = 422 if bound and letter is None else 200
    return desk.render("submission", context, tab="submissions", status=status)


def _texts(desk: Desk, found: Submission) -> dict:
    """The latest text, and what is new in it since the one that others read."""
    texts = reading.whole({found.latest_id, found.screened_id})
    latest, screened = texts.get(found.latest_id), texts.get(found.screened_id)
    differ = screened and latest and screened != latest
    return {
        "version": latest,
        "words": reading.words(latest) if latest else None,
        "facts": reading.facts(latest) if latest else [],
        "translations": places(latest, translations_of(found)) if latest else [],
        "changes": reading.changes(screened, latest) if differ else [],
        "may_pass_text": pass_refusal(found, by=actors.coordinator(desk.user)) is None,
    }


def _files(desk: Desk, found: Submission) -> dict:
    """All its pictures and documents, and those that nobody has passed yet."""
    rows = files_of(found)
    return {
        "files": rows,
        "new_files": [row.pk for row in rows if row.passed_at is None],
        "may_pass_files": files_refusal(found, by=actors.coordinator(desk.user)) is None,
    }


def _people(desk: Desk, found: Submission, bound: Form | None) -> dict:
    """The organisations, the lead first, with the consents that they gave; and who may answer for it instead."""
    consents = in_force(found)
    parts = list(found.participations.select_related("organisation", "confirmed_version"))
    parts.sort(key=lambda part: part.role != Participation.Role.LEAD)
    for part in parts:
        part.given = [purpose.label for purpose in sorted(consents.get(part.pk, ()))]
    refused = transfer_refusal(found, by=actors.coordinator(desk.user))
    return {
        "parts": parts,
        "new_names": [part for part in parts if part.name_waits_since],
        "confirmed": [part for part in parts if part.state == Participation.State.CONFIRMED],
        "may_renew_links": revoke_refusal(found, by=actors.coordinator(desk.user)) is None,
        "transfer_form": bound or (None if refused else TransferForm(submission=found)),
    }


def _erase_form(desk: Desk, found: Submission, bound: Form | None) -> Form | None:
    if bound:
        return bound
    refused = erasure_refusal(found, by=actors.coordinator(desk.user))
    return None if refused else EraseForm(submission=found)


def _judgements(desk: Desk, found: Submission, bound: Form | None) -> dict:
    """Who reviews it, what they wrote, who may not, and what was decided."""
    assignments = list(found.assignments.select_related("reviewer").order_by("assigned_at", "pk"))
    reviews = {
        review.reviewer_id: review for review in found.reviews.select_related("reviewer").order_by("saved_at")
    }
    for assignment in assignments:
        assignment.review = reviews.get(assignment.reviewer_id)
    decision, standing = getattr(found, "decision", None), getattr(found, "standing", None)
    return {
        "assignments": assignments,
        "conflicts": found.conflicts.standing().select_related("person"),
        "assign_form": AssignForm(submission=found) if may_be_assigned(found) else None,
        "reviews_given": standing.reviews if standing else 0,
        "decision": decision,
        "may_be_awarded": is_known_winner(found),
        "decision_form": bound or _decision_form(found),
        "earlier": decision.earlier.all() if decision and decision.letters_sent > 1 else [],
        "letter_form": _letter_form(desk, decision) if decision else None,
    }


def _decision_form(found: Submission) -> Form | None:
    if not may_decide(found):
        return None
    decision = getattr(found, "decision", None)
    initial = DecisionForm.filled_from(decision) if decision else None
    return DecisionForm(initial=initial, campaign=found.campaign, is_known=is_known(found))


def _letter_form(desk: Desk, decision: Decision) -> Form | None:
    if decision.released_at:
        return None
    return LetterForm(decision=decision, comments=choosable(desk, [decision]).get(decision.submission_id, []))


def _trail(found: Submission) -> list[ModelLogEntry]:
    """What was done with it and by whom, the newest first."""
    own = {"content_type__app_label": found._meta.app_label, "content_type__model": found._meta.model_name}
    entries = ModelLogEntry.objects.filter(**own, object_id=str(found.pk))
    return list(entries.select_related("user")[:100])


@require_POST
@desk(permissions.SCREEN, sees=visible_to)
def pass_text(desk: Desk, found: Submission) -> HttpResponse:
    asked = whole_number(desk.request.POST.get("version", ""))
    version = found.versions.filter(pk=asked).first()
    if version is None:
        raise Http404
    try:
        files = whole_numbers(desk.request.POST.getlist("files"))
        pass_version(found, version, by=actors.coordinator(desk.user), at=desk.at, files=files)
    except Refused as refused:
        desk.refuse(str(refused))
    else:
        desk.say(_("The newer text is now what others read. Reviewers who had handed in are told."))
    return go("submission", found.reference)


@require_POST
@desk(permissions.ASSIGN, sees=visible_to)
def assign_here(desk: Desk, found: Submission) -> HttpResponse:
    """Give this submission to the checked reviewers."""
    form = AssignForm(desk.request.POST)
    if not form.is_valid():
        desk.refuse(_("Check at least one reviewer."))
        return go("submission", found.reference)
    try:
        assign([found], form.cleaned_data["reviewers"], by=desk.user, at=desk.at)
    except Refused as refused:
        desk.refuse(str(refused))
    else:
        desk.say(_("The reviewers have it in their queues."))
    return go("submission", found.reference)


@require_POST
@desk(permissions.ASSIGN, sees=visible_to)
def unassign_here(desk: Desk, found: Submission) -> HttpResponse:
    """Take this submission back from one reviewer."""
    asked = whole_number(desk.request.POST.get("reviewer", ""))
    rows = Assignment.objects.filter(submission=found).select_related("reviewer")
    assignment = rows.filter(reviewer=asked).first()
    try:
        if assignment:
            unassign(found, assignment.reviewer, by=desk.user, at=desk.at)
    except Refused as refused:
        desk.refuse(str(refused))
    else:
        desk.say(_("The assignment is taken back."))
    return go("submission", found.reference)


@require_POST
@desk(permissions.SCREEN, sees=visible_to)
def handle_reports(desk: Desk, found: Submission) -> HttpResponse:
    screening.handle_reports(found, by=desk.user, at=desk.at)
    desk.say(_("The reports are marked as handled."))
    return go("submission", found.reference)


@require_POST
@desk(permissions.SCREEN, permissions.REVIEW, sees=visible_to)
def conflict(desk: Desk, found: Submission) -> HttpResponse:
    """Declare one's own conflict of interest: the submission leaves one's sight."""
    declare_conflict(found, desk.user, at=desk.at)
    noted = _("Noted: you have a conflict of interest in %(reference)s. You do not see it any more.")
    desk.say(noted % {"reference": found.reference})
    return go("submissions" if desk.user.has_perm(permissions.SCREEN) else "queue")
