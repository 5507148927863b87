"""Shortlists of the award categories, and the votes of their juries.

Nobody sees others' votes before the time ends, and a conflict of interest hides the nominee and takes no vote.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from home.models import User
from pledges.lifecycle import Refused
from pledges.models import Submission
from pledges.models.submission import SubmissionQuerySet
from review.awards import MAY_WIN
from review.models import AwardCategory, ConflictOfInterest, JuryVote, Nominee
from review.scoring import as_ranked
from review.sight import sent, without_conflict
from review.totals import rounded

HIGHEST = 5
MOST_NOMINEES = 30


@dataclass(frozen=True, kw_only=True)
class Result:
    """What a jury gave a nominee; without a vote there is no mean."""

    nominee: Nominee
    mean: Decimal | None
    votes: int


def may_be_nominated(category: AwardCategory, by: User) -> SubmissionQuerySet:
    """What this person may put on the shortlist, the best of the ranking first."""
    rows = without_conflict(sent(), by).filter(
        campaign=category.campaign_id, status__in=MAY_WIN, screened__isnull=False
    )
    return as_ranked(rows.exclude(nominations__category=category))


@transaction.atomic
def nominate(
    category: AwardCategory, submissions: Iterable[Submission], *, by: User, at: datetime
) -> list[Nominee]:
    """Put submissions on a category's shortlist, each once; tells the new ones.

    Raises Refused for what this person may not nominate, and for a shortlist that is too long to be read.
    """
    category = _lock(category)
    wanted = {submission.pk: submission for submission in submissions}
    known = set(category.nominees.filter(submission__in=wanted).values_list("submission", flat=True))
    allowed = set(may_be_nominated(category, by).filter(pk__in=wanted).values_list("pk", flat=True))
    if foreign := [str(row) for pk, row in wanted.items() if pk not in allowed | known]:
        raise Refused(
            _("Only what is in review or selected can be nominated, not %(names)s.")
            % {"names": ", ".join(foreign)}
        )
    new = [Nominee(category=category, submission=wanted[pk], added_at=at) for pk in wanted if pk in allowed]
    if category.nominees.count() + len(new) > MOST_NOMINEES:
        raise Refused(_("A shortlist holds at most %(most)d nominees.") % {"most": MOST_NOMINEES})
    for nominee in Nominee.objects.bulk_create(new):
        log(nominee.submission, "review.nominate", user=by, data={"category": category.pk}, timestamp=at)
    return new


@transaction.atomic
def drop(nominee: Nominee, *, by: User, at: datetime) -> None:
    """Take a nominee from the shortlist. Raises Refused once the jury has voted on it: a vote stays."""
    _lock(nominee.category)
    if nominee.votes.exists():
        raise Refused(_("The jury has voted on this nominee already."))
    nominee.delete()
    log(
        nominee.submission,
        "review.drop_nominee",
        user=by,
        data={"category": nominee.category_id},
        timestamp=at,
    )


@transaction.atomic
def set_jury(
    category: AwardCategory, jurors: Iterable[User], *, until: datetime | None, by: User, at: datetime
) -> None:
    """Say who votes on a category, and until when. Votes of who leaves the jury count no more.

    Raises Refused where a vote that has ended would be opened again: its results are known.
    """
    ended = has_ended(_lock(category), at) and JuryVote.objects.filter(nominee__category=category).exists()
    if ended and (until is None or at < until):
        raise Refused(_("The vote has ended and its results are known. It cannot be opened again."))
    category.votes_until = until
    category.save(update_fields=["votes_until"])
    category.jury.set(jurors)
    people = sorted(category.jury.values_list("pk", flat=True))
    log(category, "review.set_jury", user=by, data={"jury": people}, timestamp=at)


def _lock(category: AwardCategory) -> AwardCategory:
    """The category's row, held. Rows that only point at it are written beside this: awards hold their submission first."""
    return AwardCategory.objects.select_for_update(no_key=True).get(pk=category.pk)


def is_open(category: AwardCategory, at: datetime) -> bool:
    return category.votes_until is not None and at < category.votes_until


def has_ended(category: AwardCategory, at: datetime) -> bool:
    return category.votes_until is not None and at >= category.votes_until


def nominees_of(category: AwardCategory) -> QuerySet[Nominee]:
    """The shortlist as it can still win, in the order in which it was made."""
    rows = category.nominees.filter(submission__status__in=MAY_WIN, submission__in=sent())
    return rows.select_related("submission__campaign").order_by("pk")


def shown_to(category: AwardCategory, person: User) -> QuerySet[Nominee]:
    """The nominees that a person may read: none with a conflict of interest."""
    return nominees_of(category).filter(submission__in=without_conflict(Submission.objects.all(), person))


@transaction.atomic
def vote(category: AwardCategory, juror: User, points: Mapping[int, int | None], *, at: datetime) -> int:
    """Store a juror's points by nominee id, None for no vote; what is not shown to the juror is left alone.

    Raises Refused for who is not in the jury and outside the time of the vote. Tells how many nominees have points
    of this juror now.
    """
    category = _lock(category)
    if not category.jury.filter(pk=juror.pk).exists():
        raise Refused(_("You are not in the jury of this award."))
    if not is_open(category, at):
        raise Refused(_("The jury does not vote on this award now."))
    shown = {nominee.pk: nominee for nominee in shown_to(category, juror).filter(pk__in=points)}
    given = [
        JuryVote(nominee=nominee, juror=juror, points=number, voted_at=at)
        for pk, nominee in shown.items()
        if (number := points[pk]) is not None
    ]
    own = JuryVote.objects.filter(juror=juror, nominee__category=category)
    own.filter(nominee__in=[pk for pk in shown if points[pk] is None]).delete()
    JuryVote.objects.bulk_create(
        given,
        update_conflicts=True,
        unique_fields=["nominee", "juror"],
        update_fields=["points", "voted_at"],
    )
    log(category, "review.vote", user=juror, data={"nominees": sorted(shown)}, timestamp=at)
    return own.filter(nominee__in=shown_to(category, juror)).count()


def counted_votes() -> QuerySet[JuryVote]:
    """The votes that count: of who sits in the jury and has no conflict of interest in the nominee."""
    conflict = ConflictOfInterest.objects.standing().filter(
        submission=OuterRef("nominee__submission"), person=OuterRef("juror")
    )
    seat = AwardCategory.jury.through.objects.filter(
        awardcategory=OuterRef("nominee__category"), user=OuterRef("juror")
    )
    return JuryVote.objects.filter(Exists(seat)).exclude(Exists(conflict))


def results(category: AwardCategory, nominees: Iterable[Nominee]) -> list[Result]:
    """What the jury gave these nominees, the best first.

    By mean; on a tie the one with more votes, then the one that stands higher in the ranking of the reviews. Ask for
    it only when the time has ended.
    """
    given: dict[int, list[int]] = {}
    for pk, points in counted_votes().filter(nominee__category=category).values_list("nominee", "points"):
        given.setdefault(pk, []).append(points)
    rows = {nominee.submission_id: nominee for nominee in nominees}
    ranked = as_ranked(Submission.objects.filter(pk__in=rows)).values_list("pk", flat=True)
    found = [_result(rows[pk], given.get(rows[pk].pk, [])) for pk in ranked]
    # Sorting is stable: what is equal stays in the order of the ranking.
    return sorted(found, key=lambda row: (row.mean is None, -(row.mean or 0), -row.votes))


def _result(nominee: Nominee, points: list[int]) -> Result:
    mean = rounded(Fraction(sum(points), len(points))) if points else None
    return Result(nominee=nominee, mean=mean, votes=len(points))


def voted(category: AwardCategory) -> int:
    """How many jurors have given points to anything; while the vote lasts nobody learns more."""
    return counted_votes().filter(nominee__category=category).values("juror").distinct().count()
