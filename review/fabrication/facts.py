"""What one fabricated submission is, before any row of it is written."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from campaign.kinds import Kind, Scope
from campaign.models import Municipality, Region, Theme
from campaign.references import new_reference
from pledges.models import Organisation, Purpose, Status, Submission, Version
from review.fabrication import mix, words
from review.fabrication.world import World


@dataclass(frozen=True)
class Facts:
    """`submission`, `version` and the organisations are rows that are not stored yet."""

    submission: Submission
    version: Version
    lead: Organisation
    partner: Organisation | None
    other_themes: list[Theme]
    regions: list[Region]
    municipalities: list[Municipality]
    tags: list[str]
    consents: frozenset[Purpose]
    aim: tuple[str, str, int]
    need: str | None


def imagine(world: World, random: Random) -> Facts:
    language, kind = mix.one(mix.LANGUAGES, random), mix.one(mix.KINDS, random)
    vocabulary = words.IN[language]
    home = random.choice(world.municipalities)
    theme, *others = random.sample(world.themes, min(len(world.themes), random.choice((1, 1, 2))))
    scope, municipalities, regions = _where(world, home, random)
    submission = _submission(world, kind, language, random)
    has_partner = mix.happens(mix.WITH_PARTNER, random)
    return Facts(
        submission=submission,
        version=_version(submission, theme, scope, home, vocabulary, random),
        lead=_organisation(home, vocabulary, random),
        partner=_organisation(home, vocabulary, random) if has_partner else None,
        other_themes=others,
        regions=regions,
        municipalities=municipalities,
        tags=random.sample(vocabulary.tags, 2),
        consents=frozenset(purpose for purpose, share in mix.CONSENTS.items() if mix.happens(share, random)),
        aim=(*random.choice(vocabulary.aims), random.randint(2, 40) * 5),
        need=random.choice(vocabulary.needs) if mix.happens(mix.WITH_NEED, random) else None,
    )


def _where(
    world: World, home: Municipality, random: Random
) -> tuple[Scope, list[Municipality], list[Region]]:
    """Municipalities bring their regions, as on the form."""
    scope = mix.one(mix.SCOPES, random)
    if scope == Scope.MUNICIPALITIES:
        return scope, [home], [world.regions[home.region_id]]
    if scope == Scope.REGIONS:
        return scope, [], random.sample(list(world.regions.values()), random.choice((1, 1, 2)))
    return scope, [], []


def _submission(world: World, kind: Kind, language: str, random: Random) -> Submission:
    status = mix.one(mix.STATUSES, random)
    sent_at = world.since + (world.until - world.since) * random.random()
    moved_at = min(sent_at + timedelta(days=3 * random.random()), world.at)
    was_sent = status != Status.DRAFT
    confirmed = was_sent and (status != Status.SUBMITTED or not mix.happens(mix.UNCONFIRMED, random))
    token = secrets.token_hex(12)
    return Submission(
        campaign=world.campaign,
        reference=new_reference(world.campaign.reference_prefix),
        kind=kind,
        status=status,
        contact_name="Fabricated Person",
        contact_email=f"{token}@example.invalid",
        mail_language=language,
        form_key=f"fabricated:{token}",
        authorised_at=sent_at,
        created_at=sent_at,
        submitted_at=sent_at if was_sent else None,
        confirmed_at=_soon(sent_at, world.at) if confirmed else None,
        status_at=moved_at if status not in {Status.DRAFT, Status.SUBMITTED} else sent_at,
        correction_until=world.at + timedelta(days=7) if status == Status.RETURNED else None,
    )


def _soon(moment: datetime, latest: datetime) -> datetime:
    return min(moment + timedelta(minutes=20), latest)


def _version(
    submission: Submission,
    theme: Theme,
    scope: Scope,
    home: Municipality,
    vocabulary: words.Vocabulary,
    random: Random,
) -> Version:
    day = submission.created_at.date()
    return Version(
        number=1,
        saved_at=submission.created_at,
        language=submission.mail_language,
        title=f"{random.choice(vocabulary.things)}, {home.name} {random.randint(1, 99)}",
        summary=" ".join(random.sample(vocabulary.sentences, 2)),
        description=words.paragraphs(vocabulary, random),
        novelty=vocabulary.novelty if submission.kind == Kind.INITIATIVE else "",
        target_groups=random.choice(vocabulary.who).capitalize(),
        participation=random.choice(vocabulary.sentences),
        theme=theme,
        scope=scope,
        starts_on=day + timedelta(days=60),
        ends_on=day + timedelta(days=60 + random.randint(30, 600)),
    )


def _organisation(home: Municipality, vocabulary: words.Vocabulary, random: Random) -> Organisation:
    name = f"{home.name} {random.choice(vocabulary.things).lower()} {random.randint(1, 9999)}"
    return Organisation(name=name, kind=mix.one(mix.ORGANISATIONS, random), municipality=home)
