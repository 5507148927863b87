"""Conflicts of interest: declared beforehand or at a submission, or found by rule; lifted by a coordinator.

While one stands, the person neither sees the submission nor judges it, whatever rights they have.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from campaign.models import Campaign, Phase
from home.models import User
from home.timers import timer
from pledges.lifecycle import Refused
from pledges.models import Organisation, Participation, Status, Submission
from review import permissions, scoring, ties
from review.models import Assignment, ConflictOfInterest, InterestDeclaration, Review
from review.ties import Pair, Source

# While these last, people come before others' submissions, and between the two.
WATCHED = (Phase.Kind.CALL, Phase.Kind.REVIEW)
NOT_LISTED = (Status.DRAFT, Status.SPAM)


def find(campaign: Campaign, *, at: datetime, submissions: Collection[int] | None = None) -> int:
    """Note every conflict of the campaign, or of these of its submissions, that the rules find and nobody has noted
    yet; how many those are. One that was lifted is not found again.
    """
    return _note_new(ties.between(campaign, submissions=submissions), at=at)


def find_in(submissions: Iterable[Submission], *, at: datetime) -> int:
    """The same for submissions of several campaigns."""
    ids: dict[int, list[int]] = {}
    for submission in submissions:
        ids.setdefault(submission.campaign_id, []).append(submission.pk)
    return sum(
        find(campaign, submissions=ids[pk], at=at) for pk, campaign in Campaign.objects.in_bulk(ids).items()
    )


def find_of(person: User, campaigns: Iterable[Campaign], *, at: datetime) -> int:
    """The same for one person."""
    return sum(_note_new(ties.between(campaign, person=person), at=at) for campaign in campaigns)


@timer(every=timedelta(hours=1))
def find_again(at: datetime) -> None:
    """What two people wrote at the very same moment, neither of which saw the other's, is found here."""
    for campaign in Campaign.objects.prefetch_related("phases"):
        if campaign.stage(at) in WATCHED:
            find(campaign, at=at)


def _note_new(found: Mapping[Pair, Source], *, at: datetime) -> int:
    if not found:
        return 0
    rows = ConflictOfInterest.objects.filter(submission__in={submission for submission, _person in found})
    known = set(rows.values_list("submission", "person"))
    new = {pair: source for pair, source in found.items() if pair not in known}
    people = User.objects.in_bulk({person for _submission, person in new})
    submissions = Submission.objects.in_bulk({submission for submission, _person in new})
    for (submission, person), source in sorted(new.items()):
        _bind(submissions[submission], people[person], source, at=at)
    return len(new)


def declare_conflict(
    submission: Submission, person: User, *, at: datetime, by: User | None = None
) -> ConflictOfInterest:
    """A person says that they must not judge a submission. Where it was lifted, it stands again.

    `by` is who wrote it down, where that is somebody else.
    """
    return _bind(submission, person, Source.DECLARED, anew=True, at=at, by=by)


@transaction.atomic
def _bind(
    submission: Submission,
    person: User,
    source: Source,
    *,
    at: datetime,
    anew: bool = False,
    by: User | None = None,
) -> ConflictOfInterest:
    """End a person's sight of a submission and keep a record of why.

    A draft of a review is deleted; one that was handed in is kept but counts no more.
    """
    Submission.objects.select_for_update().get(pk=submission.pk)
    conflict, created = ConflictOfInterest.objects.get_or_create(
        submission=submission, person=person, defaults={"source": source, "since": at}
    )
    if not created and (not anew or conflict.lifted_at is None):
        return conflict
    if not created:
        conflict.source, conflict.since = source, at
        conflict.lifted_at, conflict.lifted_by, conflict.lifted_because = None, None, ""
        conflict.save()
    Review.objects.filter(submission=submission, reviewer=person, handed_in_at__isnull=True).delete()
    Assignment.objects.filter(submission=submission, reviewer=person).delete()
    scoring.update_standing(submission)
    facts = {"person": person.pk, "source": source.value}
    who, action = (
        (None, "review.find_conflict") if source is Source.FOUND else (by or person, "review.conflict")
    )
    log(submission, action, user=who, data=facts, timestamp=at)
    return conflict


def lift_refusal(conflict: ConflictOfInterest, *, by: User) -> str | None:
    """Why this person may not lift it, as a sentence; None when they may."""
    if conflict.person_id == by.pk:
        return _("Your own conflict of interest is lifted by another coordinator.")
    return _("This conflict of interest has been lifted already.") if conflict.lifted_at else None


@transaction.atomic
def lift(conflict: ConflictOfInterest, *, because: str, by: User, at: datetime) -> ConflictOfInterest:
    """Let somebody judge after all; a review that was handed in counts again. The record stays. Raises Refused."""
    submission = Submission.objects.select_for_update().get(pk=conflict.submission_id)
    locked = ConflictOfInterest.objects.select_for_update(of=("self",)).get(pk=conflict.pk)
    if sentence := lift_refusal(locked, by=by):
        raise Refused(sentence)
    if not because.strip():
        raise Refused(_("Write why it is lifted."))
    locked.lifted_at, locked.lifted_by, locked.lifted_because = at, by, because
    locked.save(update_fields=["lifted_at", "lifted_by", "lifted_because"])
    scoring.update_standing(submission)
    log(submission, "review.lift_conflict", user=by, data={"person": locked.person_id}, timestamp=at)
    return locked


def listed(campaign: Campaign) -> QuerySet[Organisation]:
    """The organisations that take part in the campaign, as they are asked about beforehand."""
    confirmed = Participation.objects.filter(
        state=Participation.State.CONFIRMED, submission__campaign=campaign, submission__erased_at=None
    ).exclude(submission__status__in=NOT_LISTED)
    return Organisation.objects.filter(pk__in=confirmed.values("organisation")).exclude(name="")


def names(campaign: Campaign) -> list[str]:
    """Their names by the alphabet, each once. Nothing in them or their order tells what they take part in."""
    found = {
        ties.plain(name): name for name in listed(campaign).order_by("-pk").values_list("name", flat=True)
    }
    return [found[key] for key in sorted(found)]


def declaration_of(person: User, campaign: Campaign) -> InterestDeclaration | None:
    """What the person answered when they were asked; None for who has not been."""
    return InterestDeclaration.objects.filter(person=person, campaign=campaign).first()


def asks(person: User, campaign: Campaign) -> bool:
    """Whether the person is still to be asked about their ties."""
    return permissions.holds(person, permissions.JUDGES) and declaration_of(person, campaign) is None


@transaction.atomic
def declare(campaign: Campaign, person: User, named: Collection[str], *, at: datetime) -> InterestDeclaration:
    """Store the organisations that a person has ties to, by their names, or that there are none.

    Every submission in which one takes part, now or later, is out of their sight. What they take back of an earlier
    answer stays noted until a coordinator lifts it; what they check newly stands again where it was lifted.
    """
    answer, _created = InterestDeclaration.objects.update_or_create(
        campaign=campaign, person=person, defaults={"declared_at": at}
    )
    asked = {ties.plain(name) for name in named}
    before = set(answer.organisations.values_list("pk", flat=True))
    checked = [row for row in listed(campaign) if ties.plain(row.name) in asked]
    answer.organisations.set(checked)
    log(answer, "review.declare_interests", user=person, data={"organisations": len(checked)}, timestamp=at)
    named_now = list(_of_organisations(campaign, {row.pk for row in checked} - before))
    found = ties.between(campaign, person=person)
    scoring.hold_these({row.pk for row in named_now} | {submission for submission, _person in found})
    for submission in named_now:
        _bind(submission, person, Source.BEFOREHAND, anew=True, at=at)
    _note_new(found, at=at)
    return answer


def _of_organisations(campaign: Campaign, organisations: Collection[int]) -> QuerySet[Submission]:
    parts = Participation.objects.filter(organisation__in=organisations, state=Participation.State.CONFIRMED)
    return (
        campaign.submissions.filter(pk__in=parts.values("submission"))
        .exclude(status=Status.DRAFT)
        .order_by("pk")
    )
