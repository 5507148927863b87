"""Valid objects for tests, and nothing clever. Every moment is laid around `AT`."""

import base64
from datetime import UTC, datetime, timedelta

import factory
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from factory.django import DjangoModelFactory

from campaign import facets, stream
from campaign.kinds import Kind, OrganisationKind, Scope
from campaign.models import Campaign, Phase, PublicItem, Theme
from campaign.references import new_reference
from home.models import PublicVersion, User
from pledges.models import (
    Attachment,
    Consent,
    ConsentWording,
    Organisation,
    Participation,
    Purpose,
    Status,
    Submission,
    UnsentForm,
    Version,
)
from review.models import Assignment, AwardCategory, ConflictOfInterest, Criterion, Decision, Review

AT = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
DAY = timedelta(days=1)
# A picture of one point.
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda number: f"person{number}@example.org")
    first_name = factory.Sequence(lambda number: f"Person {number}")
    language = "en"
    password = factory.django.Password("a-long-enough-secret")


class CampaignFactory(DjangoModelFactory):
    """A campaign whose call is on at `AT`: it opened ten days before and closes twenty days after."""

    class Meta:
        model = Campaign
        skip_postgeneration_save = True

    name = factory.Sequence(lambda number: f"Campaign {number}")
    slug = factory.Sequence(lambda number: f"campaign-{number}")
    organiser = "Ministry of the Interior"
    hashtag = "kotolupaus"
    reference_prefix = "KL"

    @factory.post_generation
    def phases(self, create, extracted, **kwargs):
        """Pass `phases=[]` for none, or rows of (kind, opens_at, closes_at)."""
        rows = laid_around(AT) if extracted is None else extracted
        Phase.objects.bulk_create(
            Phase(campaign=self, kind=kind, opens_at=opens_at, closes_at=closes_at)
            for kind, opens_at, closes_at in rows
        )


def laid_around(at: datetime, *, on: str = Phase.Kind.CALL) -> list[tuple[str, datetime, datetime]]:
    """Four phases of thirty days, one after the other, so that `on` has lasted ten days at the moment."""
    kinds = Phase.Kind.values
    first = at - timedelta(days=10 + 30 * kinds.index(on))
    return [
        (kind, first + timedelta(days=30 * place), first + timedelta(days=30 * (place + 1)))
        for place, kind in enumerate(kinds)
    ]


class ThemeFactory(DjangoModelFactory):
    class Meta:
        model = Theme

    campaign = factory.SubFactory(CampaignFactory)
    slug = factory.Sequence(lambda number: f"theme-{number}")
    name = factory.Sequence(lambda number: f"Theme {number}")
    hue = Theme.Hue.LAKE
    position = factory.Sequence(int)


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda number: f"Association {number}")
    kind = OrganisationKind.ASSOCIATION


class SubmissionFactory(DjangoModelFactory):
    """A submission that was sent and confirmed, with one version, its lead organisation and no consents.

    `status` says where it stands; from review on, the version counts as screened. `consents` names the purposes
    given; `text__…` goes to the version, `organisation__…` to the organisation; `version=False` makes none.
    """

    class Meta:
        model = Submission
        skip_postgeneration_save = True

    class Params:
        at = AT - DAY

    campaign = factory.SubFactory(CampaignFactory)
    reference = factory.LazyAttribute(lambda submission: new_reference(submission.campaign.reference_prefix))
    kind = Kind.PLEDGE
    status = Status.SUBMITTED
    contact_name = "Maija Meikäläinen"
    contact_email = factory.Sequence(lambda number: f"giver{number}@example.org")
    mail_language = "en"
    form_key = factory.Sequence(lambda number: f"form-key-{number:08}")
    authorised_at = factory.SelfAttribute("at")
    created_at = factory.SelfAttribute("at")
    submitted_at = factory.SelfAttribute("at")
    confirmed_at = factory.SelfAttribute("at")
    status_at = factory.SelfAttribute("at")

    @factory.post_generation
    def organisation(self, create, extracted, **fields):
        organisation = extracted or OrganisationFactory(**fields)
        ParticipationFactory(submission=self, organisation=organisation)

    @factory.post_generation
    def text(self, create, extracted, **fields):
        if extracted is False:
            return
        version = VersionFactory(submission=self, saved_at=self.created_at, **fields)
        self.latest = version
        if self.status not in {Status.DRAFT, Status.SUBMITTED, Status.RETURNED, Status.SPAM}:
            self.screened = version
        self.save(update_fields=["latest", "screened"])

    @factory.post_generation
    def consents(self, create, extracted, **kwargs):
        lead = self.participations.get(role=Participation.Role.LEAD)
        for purpose in extracted or []:
            ConsentFactory(participation=lead, purpose=purpose, at=self.created_at)


class ParticipationFactory(DjangoModelFactory):
    class Meta:
        model = Participation

    submission = factory.SubFactory(SubmissionFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    role = Participation.Role.LEAD
    state = Participation.State.CONFIRMED


class PartnerFactory(ParticipationFactory):
    """A partner that was invited a week ago; give `state` for one that has answered."""

    role = Participation.Role.PARTNER
    state = Participation.State.INVITED
    contact_name = "Pia Partner"
    contact_email = factory.Sequence(lambda number: f"partner{number}@example.org")
    language = "en"
    asked_at = AT - 7 * DAY
    answered_at = factory.LazyAttribute(
        lambda part: AT - DAY if part.state in {"confirmed", "declined"} else None
    )
    confirmed_version = factory.LazyAttribute(
        lambda part: part.submission.latest if part.state == "confirmed" else None
    )


class VersionFactory(DjangoModelFactory):
    class Meta:
        model = Version

    submission = factory.SubFactory(SubmissionFactory, text=False)
    number = 1
    saved_at = AT - DAY
    language = "en"
    title = factory.Sequence(lambda number: f"A language café every Tuesday {number}")
    summary = "Volunteers and newcomers drink coffee and speak Finnish together."
    description = "We open our hall every Tuesday from five to seven and train twenty volunteers."
    novelty = "Nobody in our town has done it before."
    theme = factory.LazyAttribute(lambda version: theme_of(version.submission.campaign))
    scope = Scope.COUNTRY


def theme_of(campaign: Campaign) -> Theme:
    return campaign.themes.first() or ThemeFactory(campaign=campaign)


class AttachmentFactory(DjangoModelFactory):
    """A picture in the private storage; give `passed_at` for one that a coordinator has looked at."""

    class Meta:
        model = Attachment

    submission = factory.SubFactory(SubmissionFactory)
    file = factory.LazyFunction(
        lambda: storages["private"].save("attachments/factory.png", ContentFile(PICTURE))
    )
    kind = Attachment.Kind.PNG
    name = "our hall.png"
    description = "A full hall on a Tuesday evening"
    width = height = 1
    size = len(PICTURE)
    sha256 = factory.Sequence(lambda number: f"{number:064x}")
    rights_declared_at = added_at = AT - DAY
    position = factory.Sequence(int)


class ConsentWordingFactory(DjangoModelFactory):
    class Meta:
        model = ConsentWording
        django_get_or_create = ("purpose", "number")

    purpose = Purpose.TEXT
    number = 1
    text = factory.LazyAttribute(lambda wording: f"I agree ({wording.purpose}).")


class ConsentFactory(DjangoModelFactory):
    class Meta:
        model = Consent

    participation = factory.SubFactory(ParticipationFactory)
    purpose = Purpose.TEXT
    wording = factory.LazyAttribute(lambda consent: ConsentWordingFactory(purpose=consent.purpose))
    language = "en"
    given = True
    at = AT - DAY


class CriterionFactory(DjangoModelFactory):
    class Meta:
        model = Criterion

    campaign = factory.SubFactory(CampaignFactory)
    name = factory.Sequence(lambda number: f"Criterion {number}")
    question = "How much good does it do, and to whom?"
    weight = 50
    max_points = 5
    position = factory.Sequence(int)


class AssignmentFactory(DjangoModelFactory):
    class Meta:
        model = Assignment

    submission = factory.SubFactory(SubmissionFactory, status=Status.IN_REVIEW)
    reviewer = factory.SubFactory(UserFactory)
    assigned_at = AT - DAY


class ConflictFactory(DjangoModelFactory):
    class Meta:
        model = ConflictOfInterest

    submission = factory.SubFactory(SubmissionFactory, status=Status.IN_REVIEW)
    person = factory.SubFactory(UserFactory)
    source = ConflictOfInterest.Source.DECLARED
    since = AT - DAY


class ReviewFactory(DjangoModelFactory):
    """A draft; give `handed_in_at` and `total` for one that was handed in."""

    class Meta:
        model = Review

    submission = factory.SubFactory(SubmissionFactory, status=Status.IN_REVIEW)
    reviewer = factory.SubFactory(UserFactory)
    version = factory.SelfAttribute("submission.screened")
    comment = "Clear, and many gain from it."
    saved_at = AT - DAY


class DecisionFactory(DjangoModelFactory):
    class Meta:
        model = Decision

    submission = factory.SubFactory(SubmissionFactory, status=Status.IN_REVIEW)
    outcome = Decision.Outcome.SELECTED
    reasons = "It reaches many people at little cost."
    decided_by = factory.SubFactory(UserFactory)
    decided_at = AT


class AwardCategoryFactory(DjangoModelFactory):
    class Meta:
        model = AwardCategory

    campaign = factory.SubFactory(CampaignFactory)
    name = factory.Sequence(lambda number: f"Award {number}")
    description = "For a deed that others can copy."
    prize = "1,000 euros"
    payer = "Ministry of the Interior"


class PublicItemFactory(DjangoModelFactory):
    """A public copy as publishing leaves it: named, counted, and shared where it is shareable.

    `regions`, `tags` and `other_themes` are given as lists; `shareable=True` also makes its stream events.
    """

    class Meta:
        model = PublicItem
        skip_postgeneration_save = True

    campaign = factory.SubFactory(CampaignFactory)
    reference = factory.LazyAttribute(lambda item: new_reference(item.campaign.reference_prefix))
    kind = Kind.PLEDGE
    organisation_kind = OrganisationKind.ASSOCIATION
    organisations = factory.LazyFunction(
        lambda: [{"name": "Neighbours", "kind": "association", "role": "lead", "website": ""}]
    )
    language = "en"
    title = factory.Sequence(lambda number: f"A key on every floor {number}")
    summary = "One neighbour in every staircase answers questions."
    description = "We train a hundred neighbours and put their names on the doors."
    theme = factory.LazyAttribute(lambda item: theme_of(item.campaign))
    search_text = factory.LazyAttribute(lambda item: f"{item.title} {item.summary}".casefold())
    published_at = factory.Sequence(lambda number: AT - DAY + timedelta(seconds=number))

    @factory.post_generation
    def regions(self, create, extracted, **kwargs):
        self.regions.set(extracted or [])

    @factory.post_generation
    def tags(self, create, extracted, **kwargs):
        self.tags.set(extracted or [])

    @factory.post_generation
    def other_themes(self, create, extracted, **kwargs):
        self.other_themes.set(extracted or [])

    @factory.post_generation
    def counted(self, create, extracted, **kwargs):
        facets.count(self.campaign, before=facets.Facets(), after=facets.facets_of(self))
        stream.tell(self, at=self.published_at)
        PublicVersion.move()


class UnsentFormFactory(DjangoModelFactory):
    """A form that somebody has begun, with a title and an address."""

    class Meta:
        model = UnsentForm

    campaign = factory.SubFactory(CampaignFactory)
    key = factory.Sequence(lambda number: f"unsent-{number:08}")
    data = factory.LazyFunction(lambda: [["title", "A language café"]])
    submission = None
    email = factory.LazyAttributeSequence(
        lambda form, number: "" if form.submission else f"writer{number}@example.org"
    )
    language = "en"
    created_at = saved_at = AT - DAY
