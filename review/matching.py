"""Who may review what in one campaign, and how well they fit: the facts that a proposal is worked out from."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from campaign.models import Campaign, Mandate
from home.models import User
from pledges.models import Status, Submission, Translation, Version
from pledges.models.submission import AFTER_SCREENING
from review import proposing
from review.models import Assignment, ConflictOfInterest, Procedure, Review, ReviewerProfile
from review.permissions import reviewers

# How much worse a pair fits that misses one of these; together no more than `proposing.WORST`.
THEME, REGION, ORIGINAL = 2, 1, 1

Pair = tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class Text:
    """The screened text of a submission in review. `languages` are those that it can be read in."""

    theme: int
    themes: frozenset[int]
    regions: frozenset[int]
    original: str
    languages: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """Somebody who takes submissions. `only` are the themes of their mandate; None does not limit."""

    person: User
    reads: frozenset[str]
    themes: frozenset[int]
    regions: frozenset[int]
    most: int
    only: frozenset[int] | None

    def fits_theme(self, text: Text) -> bool:
        return not self.themes or not self.themes.isdisjoint(text.themes)

    def fits_region(self, text: Text) -> bool:
        return not self.regions or not text.regions or not self.regions.isdisjoint(text.regions)

    def reads_original(self, text: Text) -> bool:
        return text.original in self.reads

    def reads_any(self, text: Text) -> bool:
        return not self.reads.isdisjoint(text.languages)

    def has_mandate_for(self, text: Text) -> bool:
        return self.only is None or text.theme in self.only

    def misfit(self, text: Text) -> int:
        missed = ((self.fits_theme(text), THEME), (self.fits_region(text), REGION))
        return sum(cost for fits, cost in (*missed, (self.reads_original(text), ORIGINAL)) if not fits)


@dataclass(frozen=True, kw_only=True)
class Facts:
    """One campaign's panel. `barred` are the pairs with a conflict of interest or an abstention; `held` those that
    are assigned or reviewed already; `loads` counts these for each candidate."""

    texts: Mapping[int, Text]
    candidates: Mapping[int, Candidate]
    held: frozenset[Pair]
    barred: frozenset[Pair]
    loads: Counter[int]
    wanted: int

    def lacking(self) -> dict[int, int]:
        """How many reviewers each submission lacks."""
        live = Counter(submission for submission, _reviewer in self.held)
        return {pk: max(0, self.wanted - live[pk]) for pk in self.texts}

    def room(self, pk: int) -> int:
        return max(0, self.candidates[pk].most - self.loads[pk])

    def may(self, submission: int, reviewer: int) -> bool:
        """Whether a person may be given a submission, apart from how many they have."""
        return (submission, reviewer) not in self.held and self.suits(submission, reviewer)

    def suits(self, submission: int, reviewer: int) -> bool:
        text, candidate = self.texts[submission], self.candidates[reviewer]
        is_free = (submission, reviewer) not in self.barred
        return is_free and candidate.has_mandate_for(text) and candidate.reads_any(text)

    def panel(self) -> proposing.Panel:
        lacking = {pk: number for pk, number in self.lacking().items() if number}
        return proposing.Panel(
            lacking=lacking,
            room={pk: self.room(pk) for pk in self.candidates},
            loads=self.loads,
            misfits={
                (submission, pk): candidate.misfit(self.texts[submission])
                for submission in lacking
                for pk, candidate in self.candidates.items()
                if self.may(submission, pk)
            },
        )


def facts(campaign: Campaign, *, at: datetime) -> Facts:
    """What stands now. Whatever somebody holds who takes no more submissions, and has not reviewed, is not counted."""
    candidates = {candidate.person.pk: candidate for candidate in _candidates(campaign, at)}
    of_campaign = {"submission__campaign": campaign, "submission__status__in": AFTER_SCREENING}
    own = Review.objects.filter(**of_campaign)
    abstained = _pairs(own.filter(abstained_at__isnull=False))
    handed_in = _pairs(own.filter(handed_in_at__isnull=False))
    conflicts = _pairs(ConflictOfInterest.objects.standing().filter(**of_campaign), "person")
    waiting = {pair for pair in _pairs(Assignment.objects.filter(**of_campaign)) if pair[1] in candidates}
    held = frozenset((handed_in | waiting) - abstained - conflicts)
    return Facts(
        texts=_texts(campaign),
        candidates=candidates,
        held=held,
        barred=frozenset(abstained | conflicts),
        loads=Counter(reviewer for _submission, reviewer in held),
        wanted=Procedure.of(campaign).reviews_wanted,
    )


def available(campaign: Campaign, *, at: datetime) -> QuerySet[User]:
    """The reviewers who take submissions of the campaign: not dropped out, and no mandate keeps them away."""
    left = ReviewerProfile.objects.filter(campaign=campaign, left_at__isnull=False)
    mandates = Mandate.objects.filter(person__isnull=False)
    here = mandates.filter(campaign=campaign).exclude(until__lte=at)
    elsewhere = mandates.exclude(person__in=here.values("person"))
    return reviewers().exclude(pk__in=left.values("person")).exclude(pk__in=elsewhere.values("person"))


def _pairs(rows: QuerySet, whose: str = "reviewer") -> set[Pair]:
    return set(rows.order_by().values_list("submission", whose))


def _candidates(campaign: Campaign, at: datetime) -> Iterable[Candidate]:
    profiles = {
        profile.person_id: profile
        for profile in campaign.reviewer_profiles.prefetch_related("themes", "regions")
    }
    limited = only_themes(campaign)
    for person in available(campaign, at=at):
        profile = profiles.get(person.pk) or ReviewerProfile(campaign=campaign, person=person)
        saved = profile.pk is not None
        yield Candidate(
            person=person,
            reads=frozenset(profile.languages or [person.language]),
            themes=frozenset(theme.pk for theme in profile.themes.all()) if saved else frozenset(),
            regions=frozenset(region.pk for region in profile.regions.all()) if saved else frozenset(),
            most=profile.most,
            only=limited.get(person.pk),
        )


def only_themes(campaign: Campaign) -> dict[int, frozenset[int]]:
    """The people whose mandate names themes, with these."""
    named = defaultdict(set)
    for person, theme in campaign.mandates.filter(themes__isnull=False).values_list("person", "themes"):
        named[person].add(theme)
    return {person: frozenset(themes) for person, themes in named.items()}


def _texts(campaign: Campaign) -> dict[int, Text]:
    """The submissions in review, in six queries."""
    rows = Submission.objects.filter(campaign=campaign, status=Status.IN_REVIEW, screened__isnull=False)
    passed: dict[int, set[str]] = defaultdict(set)
    themes: dict[int, set[int]] = defaultdict(set)
    regions: dict[int, set[int]] = defaultdict(set)
    translations = Translation.objects.filter(submission__in=rows.values("pk"), passed_at__isnull=False)
    for submission, language in translations.order_by().values_list("submission", "language"):
        passed[submission].add(language)
    versions = Version.objects.filter(pk__in=rows.values("screened")).order_by()
    for name, found in (
        ("other_themes", themes),
        ("regions", regions),
        ("municipalities__region", regions),
    ):
        for submission, pk in versions.exclude(**{name: None}).values_list("submission", name):
            found[submission].add(pk)
    facts = rows.order_by("pk").values_list("pk", "screened__theme", "screened__language")
    return {
        pk: Text(
            theme=theme,
            themes=frozenset({theme, *themes[pk]}),
            regions=frozenset(regions[pk]),
            original=language,
            languages=frozenset({language, *passed[pk]}),
        )
        for pk, theme, language in facts
    }
