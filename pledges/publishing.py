"""The gate between private and public: `refresh()` is the only writer of `PublicItem`."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import BooleanField, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from campaign import facets, programme, stream
from campaign.kinds import Kind
from campaign.models import Campaign, PublicItem
from campaign.models.text import TRANSLATED, SubmissionText
from home.models import PublicVersion
from pledges import public_files
from pledges.models import Consent, Exchange, Participation, Purpose, Status, Submission, Translation, Version
from pledges.models.submission import AFTER_SCREENING, SubmissionQuerySet
from pledges.surfaces import in_force, opened

COPIED_FIELDS = tuple(field.name for field in SubmissionText._meta.fields)
COPIED_RELATIONS = tuple(field.name for field in SubmissionText._meta.many_to_many)


def shown_statuses(campaign: Campaign, kind: str, at: datetime) -> frozenset[Status]:
    """The statuses in which the campaign's timing lets a screened submission of this kind be public at this moment."""
    call_is_over = campaign.is_past(kind, at)
    return {
        Campaign.Publishing.AT_ONCE: AFTER_SCREENING,
        Campaign.Publishing.AFTER_CALL: AFTER_SCREENING if call_is_over else frozenset(),
        Campaign.Publishing.AFTER_DECISIONS: AFTER_SCREENING - {Status.IN_REVIEW},
    }[Campaign.Publishing(campaign.publishing)]


def is_time(submission: Submission, at: datetime) -> bool:
    """Whether the campaign's timing lets the submission be public at this moment."""
    return submission.status in shown_statuses(submission.campaign, submission.kind, at)


def missing(campaign: Campaign, at: datetime) -> SubmissionQuerySet:
    """Those that may be public now and are not."""
    return campaign.submissions.filter(_may_be_public(campaign, at), ~Exists(_copies()))


def overdue(campaign: Campaign, at: datetime) -> SubmissionQuerySet:
    """Those that are public and may not be now."""
    return campaign.submissions.filter(Exists(_copies())).exclude(_may_be_public(campaign, at))


def _copies() -> QuerySet[PublicItem]:
    return PublicItem.objects.filter(reference=OuterRef("reference"))


def _may_be_public(campaign: Campaign, at: datetime) -> Q:
    """What `may_be_shown()` and the lead's consent say of one row, as a condition on many."""
    timely = Q()
    for kind in Kind:
        timely |= Q(kind=kind, status__in=shown_statuses(campaign, kind, at))
    return timely & Q(screened__isnull=False, erased_at__isnull=True) & Q(lead_allows_the_text())


def lead_allows_the_text() -> Coalesce:
    """Of a submission: whether the lead's last act on the text lets it be published."""
    lead = {"participation__submission": OuterRef("pk"), "participation__role": Participation.Role.LEAD}
    acts = Consent.objects.filter(**lead, purpose=Purpose.TEXT).order_by("-pk")
    return Coalesce(Subquery(acts.values("given")[:1]), Value(False), output_field=BooleanField())


@transaction.atomic
def refresh(submission: Submission, *, at: datetime) -> PublicItem | None:
    """Make the public copy what status, timing, screened version and consents allow now.

    Idempotent: writes, changes or deletes the copy with its tags, counters and stream events, under the
    submission's lock. Returns the copy, or None when nothing may be public.
    """
    rows = Submission.objects.select_for_update(of=("self",)).select_related("campaign", "screened")
    return refresh_locked(rows.get(pk=submission.pk), at=at)


def refresh_locked(locked: Submission, *, at: datetime) -> PublicItem | None:
    """The same for a row that the running transaction has locked already."""
    if locked.screened_id is None:  # it never was public, so there is no copy to look for
        return None
    item = PublicItem.objects.filter(reference=locked.reference).first()
    lead, consents = _agreed(locked) if may_be_shown(locked, at) else (None, {})
    surfaces = opened(consents.get(lead.pk, ())) if lead else frozenset()
    if item is None and "site" not in surfaces:
        return None
    # Before any counter, so that writers hold these rows in one order and never wait in a ring.
    PublicVersion.move()
    if lead is None or "site" not in surfaces:
        assert item is not None
        _remove(item, facets.facets_of(item))
        return None
    before = facets.facets_of(item) if item else facets.Facets()
    item = _copy(locked, item or PublicItem(reference=locked.reference, published_at=at), lead, consents)
    facets.count(locked.campaign, before=before, after=facets.facets_of(item))
    stream.tell(item, at=at)
    public_files.follow(item, locked)
    return item


def may_be_shown(submission: Submission, at: datetime) -> bool:
    """Whether all but the giver's consent lets the submission be public."""
    if submission.erased_at or submission.screened_id is None:
        return False
    return is_time(submission, at)


def _agreed(submission: Submission) -> tuple[Participation | None, dict[int, frozenset[Purpose]]]:
    """The lead organisation's part, and what each participant agrees to."""
    leads = submission.participations.filter(role=Participation.Role.LEAD).select_related("organisation")
    return leads.first(), in_force(submission)


def _remove(item: PublicItem, before: facets.Facets) -> None:
    """Empty the public side: the copy, and with it events, awards, entries and every release's line."""
    facets.count(item.campaign, before=before, after=facets.Facets())
    programme.forget(item)
    public_files.take_down(item)
    item.delete()


def _copy(
    submission: Submission,
    item: PublicItem,
    lead: Participation,
    consents: dict[int, frozenset[Purpose]],
) -> PublicItem:
    """Write the screened version into the copy, as far as the consents reach."""
    version, surfaces = submission.screened, opened(consents[lead.pk])
    assert version is not None  # may_be_shown() has seen it
    for name in COPIED_FIELDS:
        setattr(item, name, getattr(version, name))
    item.campaign, item.kind = submission.campaign, submission.kind
    item.organisation_kind = lead.organisation.kind
    item.organisations = _named(submission, consents)
    for name, printed in rows(version).items():
        setattr(item, name, printed)
    item.selected = submission.status == Status.SELECTED
    item.awarded = item.pk is not None and item.awards.exists()
    item.shareable = surfaces >= {"stream", "share"}
    item.contactable = "relay" in surfaces
    item.joinable = item.contactable and submission.open_for_partners
    item.reusable = "open_data_text" in surfaces
    item.translations = passed_words(submission.translations.select_related("of"), version)
    tags = list(version.tags.names())
    item.search_text = _search_text(item, version, tags)
    item.save()
    for name in COPIED_RELATIONS:
        getattr(item, name).set(getattr(version, name).all())
    item.tags.set(tags)
    return item


def passed_words(translations: Iterable[Translation], version: Version) -> dict[str, dict[str, Any]]:
    """What those of a submission's translations that are passed say of this version, by language; nothing where they say something of another.

    Beside the fields of the text, `phrases` holds the words of its rows.
    """
    passed = [row for row in translations if row.passed_at and row.language != version.language]
    said = {row.language: _words_of(row, version) for row in passed}
    return {language: words for language, words in said.items() if words}


def _words_of(row: Translation, version: Version) -> dict[str, Any]:
    words: dict[str, Any] = {
        name: text for name in TRANSLATED if (text := getattr(row, name)) and still_fits(row, version, name)
    }
    phrases = {phrase: text for phrase in version.phrases if (text := row.phrases.get(phrase))}
    return words | ({"phrases": phrases} if phrases else {})


def still_fits(translation: Translation, version: Version, name: str) -> bool:
    """Whether a field of a translation was made from what this version says there.

    Of the rows, whether all that this version says in them was there when it was translated.
    """
    if translation.of_id == version.pk:
        return True
    if name == "phrases":
        return version.phrases.keys() <= translation.phrases.keys()
    return getattr(translation.of, name) == getattr(version, name)


def _named(submission: Submission, consents: dict[int, frozenset[Purpose]]) -> list[dict[str, str]]:
    """The confirmed participants that agreed to be named, the lead first. The text is the lead's to open for all.

    A name that waits for a coordinator is not shown.
    """
    confirmed = submission.participations.filter(
        state=Participation.State.CONFIRMED, name_waits_since=None
    ).select_related("organisation")
    named = [part for part in confirmed if "names" in opened({Purpose.TEXT, *consents.get(part.pk, ())})]
    named.sort(key=lambda part: part.role != Participation.Role.LEAD)
    return [
        {
            "name": part.organisation.name,
            "kind": part.organisation.kind,
            "role": part.role,
            "website": part.organisation.website,
        }
        for part in named
    ]


def _number(value: Decimal | None) -> str:
    return "" if value is None else format(value.normalize(), "f")


def rows(version: Version) -> dict[str, list[dict[str, str]]]:
    """Actions, needs and offers as the public copy keeps them."""
    exchanges = list(version.exchanges.all())
    return {
        "actions": [
            {"what": row.what, "unit": row.unit, "start": _number(row.start), "target": _number(row.target)}
            for row in version.actions.all()
        ],
        "needs": [_exchange(row) for row in exchanges if row.direction == Exchange.Direction.NEED],
        "offers": [_exchange(row) for row in exchanges if row.direction == Exchange.Direction.OFFER],
    }


def _exchange(row: Exchange) -> dict[str, str]:
    until = row.until.isoformat() if row.until else ""
    return {"what": row.what, "amount": row.amount, "where": row.where, "until": until}


def _search_text(item: PublicItem, version: Version, tags: list[str]) -> str:
    rows = [
        *version.regions.values_list("name_fi", "name_sv", "name_en"),
        *version.municipalities.values_list("name_fi", "name_sv"),
    ]
    return search_text(item, [name for row in rows for name in row if name], tags)


def search_text(item: PublicItem, places: list[str], tags: list[str]) -> str:
    """What the search looks through."""
    givers = [organisation["name"] for organisation in item.organisations]
    parts = [
        item.title,
        item.summary,
        item.plain_summary,
        item.description,
        item.novelty,
        *(words[name] for words in item.translations.values() for name in TRANSLATED if name in words),
        *givers,
        *tags,
        *places,
        item.reference,
    ]
    return " ".join(parts).casefold()
