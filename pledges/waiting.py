"""What waits to be sent, and the letters about it: one an address, however much lies there and whoever wrote it on a form.

That is every form that nobody has sent yet, every draft, and what came back for correction. A begun change stands
for its submission, since the way on leads through it.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.crypto import salted_hmac

from campaign.models import Campaign
from pledges.deadlines import own_deadline
from pledges.lifecycle import TRANSITIONS
from pledges.models import Submission, UnsentForm
from pledges.models.submission import SubmissionQuerySet

Waiting = Submission | UnsentForm
MOST = 100


def unsent() -> QuerySet[UnsentForm]:
    """Forms that really wait, without what was typed: a save may have crossed the sending of the same form."""
    sent = Submission.objects.filter(form_key=OuterRef("key"))
    return UnsentForm.objects.filter(~Exists(sent)).select_related("campaign", "submission").defer("data")


def begun_with(email: str) -> QuerySet[UnsentForm]:
    """The new forms that give this address, the last saved first."""
    return unsent().filter(submission=None, email__iexact=email).order_by("-saved_at", "-pk")


def forms() -> QuerySet[UnsentForm]:
    """Those about which letters are wanted, the newest first."""
    return unsent().filter(wants_reminders=True).exclude(submission=None, email="").order_by("-pk")


def submissions() -> SubmissionQuerySet:
    """Those of which no change is begun, the newest first."""
    sources = TRANSITIONS["submit"].sources
    return Submission.objects.filter(status__in=sources, erased_at=None, unsent_forms=None).order_by("-pk")


def ends_at(each: Waiting, *, at: datetime) -> datetime | None:
    """Until when it can be sent, or a change be saved; where no kind is chosen yet, until the next closing of any."""
    submission = submission_of(each)
    return own_deadline(submission, at=at) if submission else each.campaign.closes_next(each.kind, at)


def submission_of(each: Waiting) -> Submission | None:
    return each.submission if isinstance(each, UnsentForm) else each


def address(each: Waiting) -> str:
    """Where letters about it go: of a submission and of its change, to whoever is its contact person by then."""
    if isinstance(each, UnsentForm):
        return each.submission.contact_email if each.submission else each.email
    return each.contact_email


def letters(about: Iterable[tuple[str, Waiting]]) -> Iterator[tuple[str, str, dict[str, int]]]:
    """One letter an address and prefix, for `queue_all`. The ledger's key holds the address only as a keyed hash."""
    told: set[str] = set()
    for prefix, each in about:
        email = address(each).lower()
        key = f"{prefix}:{salted_hmac('pledges.waiting', email, algorithm='sha256').hexdigest()[:32]}"
        if email and key not in told:
            told.add(key)
            language = each.language if isinstance(each, UnsentForm) else each.mail_language
            submission = submission_of(each)
            yield key, language, {"submission": submission.pk} if submission else {"unsent": each.pk}


def named(ids: dict[str, int]) -> Waiting | None:
    """What a letter's row in the ledger names, whatever has become of it; None where it is gone."""
    if "submission" in ids:
        rows = Submission.objects.select_related("campaign").filter(erased_at=None)
        return rows.filter(pk=ids["submission"]).first()
    return unsent().filter(pk=ids["unsent"]).first()


def of_address(email: str, campaign: Campaign) -> list[Waiting]:
    """Everything that waits at an address in a campaign, submissions first."""
    theirs = Q(submission=None, email__iexact=email) | Q(submission__contact_email__iexact=email)
    drafts = submissions().filter(campaign=campaign).sent_from(email).with_text()[:MOST]
    begun = forms().filter(theirs, campaign=campaign).select_related("submission__latest")[:MOST]
    return list(within([*drafts, *begun], {campaign.pk: campaign}))


def within(rows: Iterable[Waiting], campaigns: dict[int, Campaign]) -> Iterator[Waiting]:
    """The same with their campaigns at hand, whose phases are then read once for all."""
    for each in rows:
        each.campaign = campaigns[each.campaign_id]
        if submission := submission_of(each):
            submission.campaign = each.campaign
        yield each
