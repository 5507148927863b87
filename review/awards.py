"""Awards: given with a citation, announced together, public only as far as consent carries them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from campaign.models import Campaign, PublicAward, PublicItem
from home.languages import CODES
from home.mail import queue
from home.models import User
from pledges import publishing
from pledges.lifecycle import Refused
from pledges.models import Status, Submission
from review.models import Award, AwardCategory
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


@transaction.atomic
def give(
    category: AwardCategory, submission: Submission, *, citations: Mapping[str, str], by: User, at: datetime
) -> Award:
    """Give an award, or change its citation (by language); an announced one changes in public too.

    Raises Refused for a submission that cannot win or another campaign's, and without a citation.
    """
    submission = Submission.objects.select_for_update(of=("self",)).get(pk=submission.pk)
    if category.campaign_id != submission.campaign_id:
        raise Refused(_("This award belongs to another campaign."))
    if submission.status not in MAY_WIN or submission.erased_at:
        raise Refused(_("Only a submission that is in review or selected can win an award."))
    if sentence := citation_refusal(citations):
        raise Refused(sentence)
    texts = {f"citation_{code}": citations.get(code, "") for code in CODES}
    award, created = Award.objects.update_or_create(
        category=category, submission=submission, defaults=texts, create_defaults=texts | {"given_at": at}
    )
    log(submission, "review.give_award", user=by, data={"category": category.pk}, timestamp=at)
    if not created:
        publish(submission, at=at)
    return award


@transaction.atomic
def take_back(award: Award, *, by: User, at: datetime) -> None:
    """Raises Refused once the award has been announced."""
    if award.announced_at:
        raise Refused(_("This award has been announced."))
    award.delete()
    log(award.submission, "review.take_back_award", user=by, timestamp=at)


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
def announce(campaign: Campaign, *, by: User, at: datetime) -> int:
    """Tell of the awards that can be announced: in public where consent allows, by letter in any case.

    Those in which this person has a conflict of interest wait for somebody else. Doing it again does nothing
    more. Tells how many were announced.
    """
    # Submissions are locked before awards, as everywhere.
    submissions = campaign.submissions.filter(pk__in=announceable(campaign, by).values("submission"))
    locked = list(submissions.select_for_update(of=("self",)).order_by("pk"))
    waiting = announceable(campaign, by).filter(submission__in=locked).select_for_update(of=("self",))
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
    wanted: dict[str, Any] = {"position": award.category.position, "announced_at": award.announced_at}
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
