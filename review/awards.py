"""Awards: given with a citation, announced together, public only as far as consent carries them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from campaign.languages import reader_s
from campaign.models import Campaign, PublicAward, PublicItem
from home.languages import CODES
from home.mail import queue
from home.models import Picture, User
from pledges import pictures, publishing
from pledges.lifecycle import Refused
from pledges.models import Status, Submission
from review.models import Award, AwardCategory
from review.permissions import AWARD
from review.sight import without_conflict

MAY_WIN = frozenset({Status.IN_REVIEW, Status.SELECTED})


def is_known_winner(submission: Submission) -> bool:
    """Whether an award would not tell of a selection that nobody knows yet."""
    return submission.status == Status.SELECTED


def citation_refusal(citations: Mapping[str, str]) -> str | None:
    """Why these citations, by language, are not enough; None when they are."""
    if any(citations.values()):
        return None
    return _("An award needs a citation in one language at least.")


@dataclass(frozen=True, kw_only=True)
class NewPicture:
    """A picture that is sent for one award, and what it shows."""

    made: pictures.Picture
    shows: str


@transaction.atomic
def give(
    category: AwardCategory,
    submission: Submission,
    *,
    citations: Mapping[str, str],
    picture: Picture | NewPicture | None = None,
    by: User,
    at: datetime,
) -> Award:
    """Give an award, or change its citation (by language) and picture; an announced one changes in public too.

    Raises Refused for a submission that cannot win or another campaign's, and without a citation.
    """
    submission = Submission.objects.select_for_update(of=("self",)).get(pk=submission.pk)
    if sentence := _refusal(category, submission) or citation_refusal(citations):
        raise Refused(sentence)
    given = Award.objects.select_for_update(of=("self",)).filter(category=category, submission=submission)
    award = given.first() or Award(category=category, submission=submission, given_at=at)
    for code in CODES:
        setattr(award, f"citation_{code}", citations.get(code, ""))
    replaced = _illustrate(award, picture, by=by)
    award.save()
    log(submission, "review.give_award", user=by, data={"category": category.pk}, timestamp=at)
    publish(submission, at=at)
    if replaced:
        replaced.delete()
    return award


def _refusal(category: AwardCategory, submission: Submission) -> str | None:
    """Why this submission cannot win this award; None when it can."""
    if category.campaign_id != submission.campaign_id:
        return _("This award belongs to another campaign.")
    if submission.status not in MAY_WIN or submission.erased_at:
        return _("Only a submission that is in review or selected can win an award.")
    return None


def _illustrate(award: Award, picture: Picture | NewPicture | None, *, by: User) -> Picture | None:
    """Set an award's picture; tells the one that was its own and is no longer used."""
    before = award.picture
    was_own = award.owns_picture
    if isinstance(picture, NewPicture):
        award.picture, award.owns_picture = _add(picture, by), True
    else:
        award.picture, award.owns_picture = picture, was_own and picture == before
    return before if was_own and award.picture != before else None


def _add(picture: NewPicture, by: User) -> Picture:
    """Put a new picture among the editors' images, described in this person's language."""
    made = picture.made
    return Picture.objects.create(
        title=picture.shows,
        file=ContentFile(made.content, name=f"award.{made.kind.rpartition('/')[2]}"),
        width=made.width,
        height=made.height,
        uploaded_by_user=by,
        **{f"description_{reader_s()}": picture.shows},
    )


@transaction.atomic
def take_back(award: Award, *, by: User, at: datetime) -> None:
    """Raises Refused once the award has been announced."""
    submission = Submission.objects.select_for_update(of=("self",)).get(pk=award.submission_id)
    locked = Award.objects.select_for_update(of=("self",)).filter(pk=award.pk).first()
    if locked is None:
        return
    if locked.announced_at:
        raise Refused(_("This award has been announced."))
    locked.delete()
    log(submission, "review.take_back_award", user=by, timestamp=at)


def to_announce(campaign: Campaign) -> QuerySet[Award]:
    """Awards that can be announced: not yet told, and their submission's selection is known."""
    return Award.objects.filter(
        category__campaign=campaign, announced_at__isnull=True, submission__status=Status.SELECTED
    ).select_related("submission__campaign", "category")


def announceable(campaign: Campaign, by: User) -> QuerySet[Award]:
    """Those of them that this person may announce: none with a conflict of interest."""
    return to_announce(campaign).filter(submission__in=without_conflict(campaign.submissions.all(), by))


def lacking_languages(awards: QuerySet[Award]) -> dict[str, int]:
    """How many of the awards have no citation in a language, for each language that lacks any."""
    columns = {code: Q(**{f"citation_{code}": ""}) | Q(**{f"citation_{code}": None}) for code in CODES}
    numbers = awards.aggregate(**{code: Count("pk", filter=empty) for code, empty in columns.items()})
    return {code: number for code, number in numbers.items() if number}


@transaction.atomic
def set_moment(campaign: Campaign, moment: datetime | None, *, by: User, at: datetime) -> int:
    """Set when the awards that wait are announced, or with None that nobody but a person announces them.

    Those in which this person has a conflict of interest are somebody else's to set. Raises Refused for a moment
    that has passed. Tells how many awards wait for it.
    """
    if moment and moment <= at:
        raise Refused(_("Choose a moment that is still to come."))
    seen = without_conflict(campaign.submissions.all(), by)
    waiting = Award.objects.filter(
        category__campaign=campaign, announced_at__isnull=True, submission__in=seen
    )
    number = waiting.update(announce_at=moment, announce_by=by if moment else None)
    log(campaign, "review.set_announcing", user=by, data={"awards": number}, timestamp=at)
    return number


def announce_due(at: datetime) -> int:
    """Announce what is to be told by now, in the name of who set the moment; tells how many awards that were.

    What may not be announced yet, or not by that person, waits. Where that person has left or lost the right, the
    moment is taken back, for somebody else to set.
    """
    due = Award.objects.filter(announced_at__isnull=True, announce_at__lte=at)
    who = due.order_by().values_list("category__campaign", "announce_by").distinct()
    campaigns = Campaign.objects.in_bulk({campaign for campaign, _person in who})
    people = User.objects.in_bulk({person for _campaign, person in who})
    number = 0
    for campaign, person in who:
        by = people[person]
        if by.has_perm(AWARD):
            number += announce(campaigns[campaign], by=by, at=at, due=True)
        else:
            _hold(due.filter(announce_by=by), campaigns[campaign], by=by, at=at)
    return number


@transaction.atomic
def _hold(due: QuerySet[Award], campaign: Campaign, *, by: User, at: datetime) -> None:
    held = due.filter(category__campaign=campaign).update(announce_at=None, announce_by=None)
    log(campaign, "review.hold_announcing", user=by, data={"awards": held}, timestamp=at)


@transaction.atomic
def announce(campaign: Campaign, *, by: User, at: datetime, due: bool = False) -> int:
    """Tell of the awards that can be announced: in public where consent allows, by letter in any case.

    With `due` only of those for which this person has set a moment that has come.

    Those in which this person has a conflict of interest wait for somebody else. Doing it again does nothing
    more. Tells how many were announced.
    """
    # Submissions are locked before awards, as everywhere.
    told = announceable(campaign, by)
    if due:
        told = told.filter(announce_at__lte=at, announce_by=by)
    submissions = campaign.submissions.filter(pk__in=told.values("submission"))
    locked = list(submissions.select_for_update(of=("self",)).order_by("pk"))
    waiting = told.filter(submission__in=locked).select_for_update(of=("self",))
    awards = list(waiting.order_by("submission", "pk"))
    for award in awards:
        award.announced_at = at
        award.save(update_fields=["announced_at"])
        publish(award.submission, at=at)
        _write_letter(award, at)
        log(award.submission, "review.announce_award", user=by, timestamp=at)
    return len(awards)


def _write_letter(award: Award, at: datetime) -> None:
    queue(
        "award_given",
        key=f"award:{award.pk}",
        language=award.submission.mail_language,
        at=at,
        reference=award.submission.reference,
        award=award.pk,
    )


@transaction.atomic
def category_changed(category: AwardCategory, *, at: datetime) -> None:
    """Bring what is public of a category's announced awards up to date with its new words."""
    announced = Submission.objects.filter(awards__category=category, awards__announced_at__isnull=False)
    for submission in announced.select_for_update(of=("self",)).order_by("pk"):
        publish(submission, at=at)


@transaction.atomic
def publish(submission: Submission, *, at: datetime) -> None:
    """Bring the public awards of a submission up to date. Idempotent; does nothing while it has no public copy.

    When consent goes, the copy goes and its awards with it; when consent returns, this writes them again.
    """
    item = PublicItem.objects.filter(reference=submission.reference, selected=True).first()
    if item is None:
        return
    awards = submission.awards.filter(announced_at__isnull=False).select_related("category", "public")
    if changed := [award for award in awards if _write(award, item)]:
        Award.objects.bulk_update(changed, ["public"])
        publishing.refresh(submission, at=at)


def _write(award: Award, item: PublicItem) -> bool:
    """Write one public award; whether that changed anything."""
    wanted: dict[str, Any] = {
        "position": award.category.position,
        "picture_id": award.picture_id,
        "announced_at": award.announced_at,
    }
    for code in CODES:
        wanted[f"category_{code}"] = getattr(award.category, f"name_{code}") or award.category.name
        wanted[f"prize_{code}"] = getattr(award.category, f"prize_{code}")
        wanted[f"citation_{code}"] = getattr(award, f"citation_{code}")
    public = award.public or PublicAward(item=item)
    if public.pk and all(getattr(public, field) == value for field, value in wanted.items()):
        return False
    for field, value in wanted.items():
        setattr(public, field, value)
    public.save()
    award.public = public
    return True


@transaction.atomic
def end(submission: Submission, *, by: User, at: datetime) -> None:
    """Take away every award of what is selected no more, announced or not. Its public copy is refreshed by the caller."""
    given = submission.awards.all()
    if not given:
        return
    PublicAward.objects.filter(pk__in=[award.public_id for award in given]).delete()
    given.delete()
    log(submission, "review.end_awards", user=by, timestamp=at)
