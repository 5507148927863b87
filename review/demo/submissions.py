"""The demo's submissions: sent, confirmed and screened by the product's own rules, at moments that have passed."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from zlib import crc32

from django.core.files.uploadedfile import SimpleUploadedFile

from campaign.models import Campaign
from pledges import actors, attachments, confirming, consent, files, joining, lifecycle, translating, unsent
from pledges.models import Organisation, Participation, Purpose, Status, Submission
from pledges.submitting import receive
from review.demo import drawings
from review.demo.people import Cast
from review.demo.sendings import form_key, giver, sending

UNCONFIRMED = "unconfirmed"
CONFIRMED_AFTER = timedelta(minutes=25)
TIME_TO_CORRECT = timedelta(days=7)
WITHDRAWN_AFTER = timedelta(days=4)
AUTHORITY_CHECK = "Soitettu organisaation vaihteeseen"


def find(campaign: Campaign, entry: dict[str, Any]) -> Submission:
    return campaign.submissions.select_related("campaign").get(form_key=form_key(campaign, entry))


def load(campaign: Campaign, entries: Iterable[dict[str, Any]], cast: Cast, *, at: datetime) -> None:
    """Send and screen those that are not there yet, the oldest first."""
    known = set(campaign.submissions.values_list("form_key", flat=True))
    for entry in sorted(entries, key=lambda entry: -entry["submitted_days_before_close"]):
        if form_key(campaign, entry) not in known:
            sent_at = min(_sent_at(campaign, entry), at)
            submission = _send(campaign, entry, at=sent_at)
            _screen(submission, entry, cast, at=min(_next_morning(sent_at), at), now=at)
        elif entry["status"] == UNCONFIRMED:
            _expire(find(campaign, entry), at=at)


def pass_to_review(
    campaign: Campaign, entries: Iterable[dict[str, Any]], cast: Cast, *, at: datetime
) -> None:
    """Screen what still waits when the review begins."""
    for entry in entries:
        submission = find(campaign, entry)
        if entry["status"] == Status.SUBMITTED and submission.status == Status.SUBMITTED:
            _pass(submission, cast, at=at)


def _sent_at(campaign: Campaign, entry: dict[str, Any]) -> datetime:
    """Some time of the day, always the same for the same entry."""
    number = crc32(entry["key"].encode())
    day = campaign.deadline.astimezone(campaign.zone) - timedelta(days=entry["submitted_days_before_close"])
    return day.replace(hour=8 + number % 12, minute=number % 60)


def _next_morning(moment: datetime) -> datetime:
    return (moment + timedelta(days=1)).replace(hour=9)


def _send(campaign: Campaign, entry: dict[str, Any], *, at: datetime) -> Submission:
    submission = receive(sending(campaign, entry), campaign=campaign, language=entry["language"], at=at)
    for facts in entry["partners"]:
        _add_partner(submission, facts, language=entry["language"], at=at)
    if entry.get("open_for_partners"):
        joining.open_for_partners(submission, True, at=at)
    if entry["status"] not in {UNCONFIRMED, Status.SPAM}:
        submission = confirming.confirm(submission, at=at + CONFIRMED_AFTER)
    _enrich(submission, entry, at=at + CONFIRMED_AFTER)
    return submission


def _enrich(submission: Submission, entry: dict[str, Any], *, at: datetime) -> None:
    """Its pictures and documents, and its translations, as their owner adds them."""
    for facts in entry.get("files", ()):
        found = files.read(SimpleUploadedFile(facts["name"], drawings.drawn(facts)))
        described = attachments.Described(description=facts["description"], shows_minors=False)
        attachments.add(submission, attachments.store(found), described, at=at)
    for language, words in entry.get("text_translations", {}).items():
        said = {name: text.strip() for name, text in words.items() if name != "phrases"}
        made = {"phrases": words["phrases"], "of": submission.latest, "base": ""}
        translating.translate(submission, language, said, **made, by=actors.OWNER, at=at)


def begin(campaign: Campaign, facts: dict[str, Any], *, at: datetime) -> None:
    """The form that somebody has begun and not sent."""
    typed = [[name, text] for name, text in facts["typed"].items()]
    draft = unsent.Draft(
        key=f"demo-{campaign.slug}",
        typed=typed,
        tab="demo",
        number=None,
        campaign=campaign,
        language=facts["language"],
    )
    unsent.keep(draft, at=at)


def _add_partner(submission: Submission, facts: dict[str, Any], *, language: str, at: datetime) -> None:
    """Partners that have confirmed let themselves be named."""
    state = Participation.State
    part = Participation.objects.create(
        submission=submission,
        organisation=Organisation.objects.create(**vars(giver(facts, at.date()))),
        role=facts["role"],
        state=facts["state"],
        language=language,
        asked_at=at,
        answered_at=at if facts["state"] in {state.CONFIRMED, state.DECLINED} else None,
        confirmed_version=submission.latest if facts["state"] == state.CONFIRMED else None,
        **{name: facts.get(name, "") for name in ("contact_name", "contact_email", "message")},
    )
    if part.state == state.CONFIRMED:
        consent.record(part, [Purpose.ORGANISATION], language=language, at=at)


def _screen(
    submission: Submission, entry: dict[str, Any], cast: Cast, *, at: datetime, now: datetime
) -> None:
    """What the coordinator did with it the next morning, and its giver some days later."""
    by = actors.coordinator(cast.coordinator)
    match entry["status"]:
        case Status.SUBMITTED:
            return
        case "unconfirmed":
            _expire(submission, at=now)
        case Status.SPAM:
            lifecycle.perform(submission, "mark_spam", by=by, at=at)
        case Status.INELIGIBLE:
            lifecycle.perform(submission, "reject", by=by, at=at, reason=entry["reason"])
        case Status.RETURNED:
            told = {"reason": entry["reason"], "correction_until": now + TIME_TO_CORRECT}
            lifecycle.perform(submission, "return", by=by, at=at, **told)
        case Status.WITHDRAWN:
            _pass(submission, cast, at=at)
            lifecycle.perform(submission, "withdraw", by=actors.OWNER, at=min(at + WITHDRAWN_AFTER, now))
        case _:
            _pass(submission, cast, at=at)


def _pass(submission: Submission, cast: Cast, *, at: datetime) -> None:
    by = actors.coordinator(cast.coordinator)
    own = list(submission.attachments.values_list("pk", flat=True))
    lifecycle.perform(submission, "pass", by=by, at=at, files=own, authority_check=AUTHORITY_CHECK)


def _expire(submission: Submission, *, at: datetime) -> None:
    """What was not confirmed in time is a draft, as the worker would have made it."""
    if "expire" in lifecycle.allowed(submission, by=actors.SYSTEM, at=at):
        lifecycle.perform(submission, "expire", by=actors.SYSTEM, at=at)
