"""The reviewer's queue and the page where a submission is read and scored."""

from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.utils.translation import gettext as _

from campaign.languages import NAMES
from campaign.models import Phase
from campaign.moments import time_left
from campaign.references import normalise
from home.models import User
from pledges.lifecycle import Refused
from pledges.models import Participation, Submission
from pledges.models.submission import SubmissionQuerySet
from review import permissions, progress, reading, scoring
from review.judgement import Overtaken
from review.models import Criterion, Review
from review.review_forms import ReviewForm, points_name
from review.sight import assigned_to, reviews_beside
from review.views.desk import Desk, desk, go
from review.views.translations import HAS_TRANSLATIONS, translations_of

NEARBY = 12


@desk(permissions.REVIEW)
def queue(desk: Desk) -> HttpResponse:
    page = desk.page(progress.tasks(desk.user, desk.campaign).select_related("screened__theme"))
    return desk.render("queue", {"page": page, **_time(desk)}, tab="queue")


def _time(desk: Desk) -> dict:
    """How far the reviewer is and how long there is left."""
    phase = desk.campaign.phase(Phase.Kind.REVIEW)
    return {
        "progress": progress.of(desk.user, desk.campaign),
        "closes_at": phase.closes_at if phase else None,
        "left": time_left(phase.closes_at, desk.at) if phase else "",
        "steps": {
            "draft": progress.DRAFT,
            "changed": progress.CHANGED,
            "done": progress.DONE,
            "closed": progress.CLOSED,
        },
    }


@desk(permissions.REVIEW)
def next_review(desk: Desk) -> HttpResponse:
    """Go to the next submission to review, or to the queue when all is done."""
    after = normalise(desk.request.GET.get("after", ""))
    before = assigned_to(desk.user).filter(reference=after).values_list("pk", flat=True).first()
    following = progress.next_task(desk.user, desk.campaign, after=before)
    return go("review", following) if following else go("queue")


def to_score(user: User) -> SubmissionQuerySet:
    return assigned_to(user).annotate(has_translations=HAS_TRANSLATIONS)


@desk(permissions.REVIEW, sees=to_score)
def review(desk: Desk, found: Submission) -> HttpResponse:
    if desk.request.method == "POST":
        return _save(desk, found)
    own = Review.objects.filter(submission=found, reviewer=desk.user).prefetch_related("scores").first()
    return _show(desk, found, _filled(found, own), own, seen=_stamp(own))


def _stamp(own: Review | None) -> str:
    return own.stamp if own else ""


def _filled(found: Submission, own: Review | None) -> ReviewForm:
    """The form as it was last saved. It always speaks of the text that is shown beside it."""
    criteria = list(Criterion.objects.of(found))
    initial: dict = {"version": found.screened_id}
    if own:
        initial |= {"comment": own.comment, "recommendation": own.recommendation}
        points = {score.criterion_id: score.points for score in own.scores.all()}
        initial |= {points_name(criterion): points.get(criterion.pk) for criterion in criteria}
    return ReviewForm(criteria=criteria, initial=initial)


def _save(desk: Desk, found: Submission) -> HttpResponse:
    """Keep a draft, or hand in and go to the next one. What was typed stays in a refused form.

    A form that another window overtook has then seen what is stored; any other has seen no more than before.
    """
    overtaken = False
    hands_in = desk.request.POST.get("action") == "hand_in"
    form = ReviewForm(desk.request.POST, criteria=list(Criterion.objects.of(found)), complete=hands_in)
    if form.is_valid():
        save = scoring.hand_in if hands_in else scoring.save_review
        try:
            save(found, desk.user, form.judgement(), at=desk.at)
        except Refused as refused:
            overtaken = isinstance(refused, Overtaken)
            form.add_error(None, str(refused))
    if form.is_valid():
        desk.say(
            _("Handed in: %(reference)s.") % {"reference": found.reference} if hands_in else _("Draft saved.")
        )
        if hands_in:
            return go("next", query=f"after={found.reference}")
        asked = desk.request.GET.get("text", "")
        return go("review", found.reference, query=f"text={asked}" if asked in NAMES else "")
    own = Review.objects.filter(submission=found, reviewer=desk.user).first()
    seen = _stamp(own) if overtaken else desk.request.POST.get("seen", _stamp(own))
    stored = _filled(found, own) if own and overtaken else None
    return _show(desk, found, form, own, seen=seen, stored=stored)


def _show(
    desk: Desk,
    found: Submission,
    form: ReviewForm,
    own: Review | None,
    *,
    seen: str,
    stored: ReviewForm | None = None,
) -> HttpResponse:
    prefetch_related_objects(form.criteria, "points")
    time = _time(desk)
    found.screened = text = reading.whole([found.screened_id])[found.screened_id]
    confirmed = found.participations.filter(state=Participation.State.CONFIRMED)
    context = {
        "submission": found,
        "version": text,
        **reading.readings(text, translations_of(found), asked=desk.request.GET.get("text", "")),
        "files": found.attachments.passed(),
        "organisations": confirmed.select_related("organisation__municipality"),
        "form": form,
        "own": own,
        "seen": seen,
        "stored": stored,
        "is_changed": bool(own and own.handed_in_at and own.version_id != found.screened_id),
        "closed": scoring.review_refusal(found, closes_at=time["closes_at"], at=desk.at),
        "beside": reviews_beside(own) if own else [],
        "nearby": _nearby(desk, found),
        **time,
    }
    return desk.render("review", context, tab="queue", status=422 if form.is_bound else 200)


def _nearby(desk: Desk, found: Submission) -> list[Submission]:
    """The part of the queue around what is open: it and what is to be done after it."""
    left = progress.tasks(desk.user, desk.campaign).filter(step__in=progress.LEFT)
    others = left.exclude(pk=found.pk).select_related("screened")[:NEARBY]
    return [found, *others]
