"""Asking givers anew whose agreement is in earlier words. It holds as they read it, and never for the newer words."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from wagtail.log_actions import log

from campaign.models import Campaign
from home.mail import queue_all
from home.models import User
from pledges.consent import current_wordings
from pledges.models import AskedAnew, Consent, ConsentWording, Participation, Purpose
from pledges.models.submission import SubmissionQuerySet
from pledges.surfaces import agreements


@dataclass(frozen=True)
class Reworded:
    """A purpose's newest words, how many givers agree to earlier ones only, and how many of those were asked."""

    wording: ConsentWording
    givers: int
    asked: int


def _newest() -> QuerySet[ConsentWording]:
    later = ConsentWording.objects.filter(purpose=OuterRef("purpose"), number__gt=OuterRef("number"))
    return ConsentWording.objects.filter(~Exists(later))


def earlier(submissions: SubmissionQuerySet) -> QuerySet[Consent]:
    """The agreements in force in earlier words, of the leads and confirmed partners of what goes on."""
    same = {"participation": OuterRef("participation"), "purpose": OuterRef("purpose")}
    overtaken = Exists(Consent.objects.filter(**same, pk__gt=OuterRef("pk")))
    return Consent.objects.filter(
        ~overtaken,
        given=True,
        participation__state=Participation.State.CONFIRMED,
        participation__submission__in=submissions.with_correspondence(),
    ).exclude(wording__in=_newest())


def _asked() -> Exists:
    """Of an agreement: whether its giver was asked about the newest words of its purpose."""
    about = {"participation": OuterRef("participation"), "wording__purpose": OuterRef("purpose")}
    return Exists(AskedAnew.objects.filter(**about, wording__in=_newest()))


def unasked(submissions: SubmissionQuerySet) -> QuerySet[Consent]:
    """Those of them whose givers can be written to, and were not asked about the newest words."""
    lead = Q(participation__role=Participation.Role.LEAD)
    unreachable = Q(participation__contact_email="") & ~(
        lead & ~Q(participation__submission__contact_email="")
    )
    return earlier(submissions).exclude(unreachable).exclude(_asked())


def givers(acts: QuerySet[Consent]) -> int:
    """How many givers these acts are of."""
    return acts.order_by().values("participation").distinct().count()


def reworded(submissions: SubmissionQuerySet) -> list[Reworded]:
    """The purposes in which there are agreements in earlier words."""
    rows = earlier(submissions).annotate(is_asked=_asked()).order_by().values_list("purpose")
    counted = rows.annotate(givers=Count("pk"), asked=Count("pk", filter=Q(is_asked=True)))
    numbers = {purpose: (givers, asked) for purpose, givers, asked in counted}
    return [
        Reworded(wording, *numbers[purpose])
        for purpose, wording in current_wordings().items()
        if purpose in numbers
    ]


@transaction.atomic
def ask_anew(campaign: Campaign, submissions: SubmissionQuerySet, *, by: User, at: datetime) -> int:
    """Write once to every giver who agrees to earlier words only and was not asked about the newest; how many those are.

    Locks the campaign, so that of two who ask at once the second finds nobody left.
    """
    Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)
    newest, about = current_wordings(), defaultdict(list)
    for act in unasked(submissions).select_related("participation__submission").iterator():
        about[act.participation].append(newest[Purpose(act.purpose)])
    AskedAnew.objects.bulk_create(
        (AskedAnew(participation=part, wording=words, at=at) for part in about for words in about[part]),
        batch_size=500,
    )
    if about:
        log(campaign, "pledges.ask_anew", user=by, data={"givers": len(about)}, timestamp=at)
    return queue_all("wording_changed", _letters(about), at=at)


def _letters(
    about: Mapping[Participation, Iterable[ConsentWording]],
) -> Iterator[tuple[str, str, dict[str, int]]]:
    for part, wordings in about.items():
        newest = max(words.pk for words in wordings)
        language = part.language or part.submission.mail_language
        yield f"wording_changed:{part.pk}:{newest}", language, {"participation": part.pk}


def unanswered(part: Participation) -> list[Purpose]:
    """The purposes that a giver agrees to in earlier words only."""
    acts = agreements(part.submission).get(part.pk, {})
    newest = current_wordings()
    return [purpose for purpose, act in acts.items() if act.wording != newest[purpose]]
