"""What is mailed about forms that are not sent yet, and when they are forgotten."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.crypto import salted_hmac

from campaign.kinds import Kind
from campaign.models import Campaign
from home.mail import queue
from home.models import Mail
from home.throttle import allow
from pledges.models import Status, Submission, UnsentForm

# Who stops writing for so long has left: then the link follows by mail. Whoever left yesterday has it, or wants none.
QUIET, TOO_LATE = timedelta(minutes=10), timedelta(days=1)
# To an address that nobody has confirmed, so many links a day, whoever writes it; from one form, to so many addresses.
MOST_A_DAY, A_DAY = 5, timedelta(days=1)
MOST_ADDRESSES = 3
DAYS_BEFORE = (3, 1)
# A form that nobody touches is forgotten so long after its call, or after the last save where that is later.
FORGOTTEN_AFTER = timedelta(days=90)


def unsent() -> QuerySet[UnsentForm]:
    """Forms that really wait: a save may have crossed the sending of the same form."""
    sent = Submission.objects.filter(form_key=OuterRef("key"))
    return UnsentForm.objects.filter(~Exists(sent))


def begun_with(email: str) -> QuerySet[UnsentForm]:
    """The new forms that give this address, the last saved first, without what was typed."""
    forms = unsent().filter(submission=None, email__iexact=email).select_related("campaign")
    return forms.defer("data").order_by("-saved_at", "-pk")


def mail_link(form: UnsentForm, *, at: datetime) -> bool:
    """Queue the link to the address that was typed, once an address; whether it is on its way there, or has gone."""
    if not form.email or form.submission_id:
        return False
    if form.linked_to == form.email:
        return True
    digest = salted_hmac("pledges.unsent", form.email.lower(), algorithm="sha256").hexdigest()[:16]
    prefix = f"unsent:{form.pk}:"
    if Mail.objects.filter(key__startswith=prefix).count() >= MOST_ADDRESSES:
        return False
    if not allow(f"unsent-link:{form.email.lower()}", MOST_A_DAY, A_DAY):
        return False
    queue("unsent", key=f"{prefix}{digest}", language=form.language, at=at, unsent=form.pk)
    UnsentForm.objects.filter(pk=form.pk).update(linked_to=form.email)
    return True


def mail_links_of_left(at: datetime) -> None:
    """Mail their link to those who gave an address and stopped writing a while ago."""
    left = unsent().filter(submission=None, saved_at__lte=at - QUIET, saved_at__gt=at - TOO_LATE)
    for form in left.exclude(email="").exclude(linked_to=F("email")).defer("data").iterator():
        mail_link(form, at=at)


def remind(at: datetime) -> None:
    """Remind of every form whose deadline is three days or one day away, each once; a moved deadline counts anew."""
    for form, deadline in _before_deadlines(at):
        days = next((days for days in sorted(DAYS_BEFORE) if at >= deadline - timedelta(days=days)), None)
        if days and form.created_at < deadline - timedelta(days=days):
            key = f"unsent_ends:{form.pk}:{days}:{int(deadline.timestamp())}"
            queue("unsent_ends", key=key, language=form.language, at=at, unsent=form.pk)


def _before_deadlines(at: datetime) -> Iterator[tuple[UnsentForm, datetime]]:
    """The forms that want reminders and whose time is about to end, with the moment when it does."""
    soon = at + timedelta(days=max(DAYS_BEFORE))
    wanting = unsent().filter(wants_reminders=True).exclude(email="").defer("data")
    for campaign in Campaign.objects.prefetch_related("phases"):
        for kind in ("", *Kind.values):
            ends = deadline_of(campaign, kind)
            if ends and at < ends <= soon:
                own = wanting.filter(campaign=campaign, kind=kind).filter(_open_in_the_call())
                yield from ((form, ends) for form in own.iterator())
    returned = wanting.filter(submission__correction_until__gt=at, submission__correction_until__lte=soon)
    for form in returned.select_related("submission", "campaign").iterator():
        if ends := ends_at(form):
            yield form, ends


def deadline_of(campaign: Campaign, kind: str) -> datetime | None:
    """When a form of this kind must be sent; where no kind is chosen yet, when the first of them closes."""
    if kind:
        return campaign.deadline_of(kind)
    return min(filter(None, map(campaign.deadline_of, Kind.values)), default=None)


def _open_in_the_call() -> Q:
    """New forms, and changes to what may be changed until the call closes."""
    changing = Q(submission__status__in=[Status.SUBMITTED, Status.IN_REVIEW, Status.DRAFT])
    return Q(submission=None) | changing & Q(submission__correction_until=None)


def ends_at(form: UnsentForm) -> datetime | None:
    """Until when what stands in a form can be sent."""
    if form.submission and form.submission.correction_until:
        return form.submission.correction_until
    return deadline_of(form.campaign, form.kind)


def forget(at: datetime) -> None:
    """Delete what nobody has touched for long after its call, and what has been sent meanwhile."""
    UnsentForm.objects.exclude(pk__in=unsent().values("pk")).delete()
    untouched = UnsentForm.objects.filter(saved_at__lte=at - FORGOTTEN_AFTER)
    for campaign in Campaign.objects.prefetch_related("phases"):
        if campaign.deadline is None or campaign.deadline <= at - FORGOTTEN_AFTER:
            untouched.filter(campaign=campaign).delete()
