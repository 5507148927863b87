"""The page where a submission is read and scored, and what a reviewer does there."""

from django.db.models import OuterRef, Subquery, prefetch_related_objects
from django.forms import Form
from django.http import Http404, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from campaign.languages import NAMES
from campaign.models import Phase
from campaign.moments import clock
from home.models import User
from pledges.lifecycle import Refused
from pledges.models import Submission
from pledges.models.submission import SubmissionQuerySet
from pledges.views.unsent import wants_json
from review import aside, blind, permissions, progress, reading, scoring
from review.judgement import Judgement, Overtaken
from review.models import Criterion, Review, Score
from review.review_forms import AbstainForm, ReviewForm, points_name
from review.sight import assigned_to, reviews_beside
from review.views.desk import Desk, desk, go
from review.views.queue import how_far
from review.views.translations import HAS_TRANSLATIONS, translations_of

NEARBY = 12
HAND_IN, SKIP = "hand_in", "skip"


def to_score(user: User) -> SubmissionQuerySet:
    closing = Phase.objects.filter(campaign=OuterRef("campaign"), kind=Phase.Kind.REVIEW).values("closes_at")
    return assigned_to(user).annotate(has_translations=HAS_TRANSLATIONS, closes_at=Subquery(closing))


@desk(permissions.REVIEW, sees=to_score)
def review(desk: Desk, found: Submission) -> HttpResponse:
    if desk.request.method == "POST":
        return _save(desk, found)
    own = _own(desk, found)
    return _show(desk, found, _filled(found, own), own, seen=_stamp(own))


def _own(desk: Desk, found: Submission) -> Review | None:
    return Review.objects.filter(submission=found, reviewer=desk.user).first()


def _stamp(own: Review | None) -> str:
    return own.stamp if own else ""


def _filled(found: Submission, own: Review | None) -> ReviewForm:
    """The form as it was last saved. It always speaks of the text that is shown beside it."""
    given = Score.objects.filter(criterion=OuterRef("pk"), review=own.pk if own else None)
    criteria = list(Criterion.objects.of(found).annotate(own_points=Subquery(given.values("points"))))
    initial: dict = {"version": found.screened_id}
    if own:
        initial |= {"comment": own.comment, "recommendation": own.recommendation}
        initial |= {points_name(criterion): criterion.own_points for criterion in criteria}
    return ReviewForm(criteria=criteria, initial=initial)


def _save(desk: Desk, found: Submission) -> HttpResponse:
    """Keep a draft, hand in, or skip, and go on. What was typed stays in a refused form.

    A script that saves while somebody writes asks for JSON and is told in it.
    """
    action = desk.request.POST.get("action", "")
    criteria = list(Criterion.objects.of(found))
    form = ReviewForm(desk.request.POST, criteria=criteria, complete=action == HAND_IN)
    saved, overtaken = None, False
    if form.is_valid():
        try:
            saved = _done(desk, found, form.judgement(), action)
        except Refused as refused:
            overtaken = isinstance(refused, Overtaken)
            form.add_error(None, str(refused))
    if wants_json(desk.request):
        return _told(desk, form, saved, overtaken=overtaken)
    if form.is_valid():
        return _go_on(desk, found, action)
    return _refused(desk, found, form, overtaken=overtaken)


def _done(desk: Desk, found: Submission, judgement: Judgement, action: str) -> Review | None:
    """Store what was written, which for who skips may be nothing. Raises Refused with a sentence."""
    if action == HAND_IN:
        return scoring.hand_in(found, desk.user, judgement, at=desk.at)
    saved = None
    if action != SKIP or judgement.says_something or judgement.seen:
        saved = scoring.save_review(found, desk.user, judgement, at=desk.at)
    if action == SKIP:
        aside.skip(found, desk.user, at=desk.at)
    return saved


def _told(desk: Desk, form: ReviewForm, saved: Review | None, *, overtaken: bool) -> JsonResponse:
    """The answer to the script in the page; `seen` is what the next save is written over."""
    if saved:
        sentence = _("Draft saved at %(clock)s.") % {"clock": clock(desk.at, desk.campaign)}
        return JsonResponse({"sentence": sentence, "seen": saved.stamp})
    if overtaken:
        sentence = _("Not saved: another window saved this review meanwhile. Press “Save draft” to see both.")
        return JsonResponse({"sentence": sentence}, status=409)
    why = " ".join(sentence for errors in form.errors.values() for sentence in errors)
    sentence = _("Not saved: %(why)s What you wrote is still here.") % {"why": why}
    return JsonResponse({"sentence": sentence}, status=422)


def _go_on(desk: Desk, found: Submission, action: str) -> HttpResponse:
    if action == HAND_IN:
        desk.say(_("Handed in: %(reference)s.") % {"reference": found.reference})
    elif action == SKIP:
        skipped = _("Skipped: %(reference)s. It waits at the end of your queue.")
        desk.say(skipped % {"reference": found.reference})
    if action in {HAND_IN, SKIP}:
        return go("next", query=f"after={found.reference}")
    desk.say(_("Draft saved."))
    asked = desk.request.GET.get("text", "")
    return go("review", found.reference, query=f"text={asked}" if asked in NAMES else "")


def _refused(desk: Desk, found: Submission, form: ReviewForm, *, overtaken: bool) -> HttpResponse:
    """A form that another window overtook has then seen what is stored; any other has seen no more than before."""
    own = _own(desk, found)
    seen = _stamp(own) if overtaken else desk.request.POST.get("seen", _stamp(own))
    stored = _filled(found, own) if own and overtaken else None
    return _show(desk, found, form, own, seen=seen, stored=stored)


@require_POST
@desk(permissions.REVIEW, sees=to_score)
def abstain(desk: Desk, found: Submission) -> HttpResponse:
    """Give no points, with a reason."""
    form = AbstainForm(desk.request.POST)
    if form.is_valid():
        try:
            aside.abstain(found, desk.user, reason=form.cleaned_data["reason"], at=desk.at)
        except Refused as refused:
            form.add_error(None, str(refused))
    if form.is_valid():
        noted = _("You abstained: %(reference)s. You can take that back until the time for reviews ends.")
        desk.say(noted % {"reference": found.reference})
        return go("next", query=f"after={found.reference}")
    own = _own(desk, found)
    return _show(desk, found, _filled(found, own), own, seen=_stamp(own), abstain_form=form)


@require_POST
@desk(permissions.REVIEW, sees=to_score)
def resume(desk: Desk, found: Submission) -> HttpResponse:
    """Take an abstention back."""
    return _taken_back(desk, found, aside.resume, _("Taken back. The review is yours again."))


@require_POST
@desk(permissions.REVIEW, sees=to_score)
def take_up(desk: Desk, found: Submission) -> HttpResponse:
    """Put what was skipped back to its place."""
    return _taken_back(desk, found, aside.take_up, _("It is back at its place in your queue."))


def _taken_back(desk: Desk, found: Submission, act, done: str) -> HttpResponse:
    try:
        act(found, desk.user, at=desk.at)
    except Refused as refused:
        desk.refuse(str(refused))
    else:
        desk.say(done)
    return go("review", found.reference)


def _show(
    desk: Desk,
    found: Submission,
    form: ReviewForm,
    own: Review | None,
    *,
    seen: str,
    stored: ReviewForm | None = None,
    abstain_form: Form | None = None,
) -> HttpResponse:
    prefetch_related_objects(form.criteria, "points")
    is_handed_in = bool(own and own.handed_in_at)
    closed = scoring.review_refusal(found, closes_at=found.closes_at, at=desk.at)
    try:
        nearby, done = progress.around(found, desk.user, most=NEARBY)
    except Submission.DoesNotExist as taken_back:
        raise Http404 from taken_back
    veil = blind.cover(nearby, desk.user, found.campaign)[found.pk]
    context = {
        "submission": found,
        **_read(desk, found, veil),
        "form": form,
        "own": own,
        "seen": seen,
        "stored": stored,
        "is_changed": is_handed_in and own.version_id != found.screened_id,
        "closed": closed,
        "may_put_aside": not (closed or is_handed_in),
        "skipped_at": nearby[0].skipped_at,
        "abstain_form": abstain_form or AbstainForm(),
        "beside": reviews_beside(own) if own else [],
        "nearby": nearby,
        **how_far(desk, done, closes_at=found.closes_at),
    }
    is_refused = form.is_bound or abstain_form is not None
    return desk.render("review", context, tab="queue", status=422 if is_refused else 200)


def _read(desk: Desk, found: Submission, veil: blind.Veil) -> dict:
    """All that the reviewer reads of the submission."""
    found.screened = text = reading.whole([found.screened_id])[found.screened_id]
    asked = desk.request.GET.get("text", "")
    return blind.shown(found, text, veil, translations=translations_of(found), asked=asked)
