"""Deciding by a rule: what it would decide is shown first, and stored only if it still says the same then."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from campaign.models import Campaign
from home.models import User
from pledges.lifecycle import Refused
from pledges.models import Status
from pledges.models.submission import SubmissionQuerySet
from review import choosing, decisions, reserve, scoring
from review.audit import note_all
from review.choosing import Candidate, Outcome, Result
from review.decisions import Why
from review.models import Decision
from review.sight import visible_to

THRESHOLD, THEMES, REGIONS = "threshold", "themes", "regions"
COUNTED = (Status.IN_REVIEW, Status.SELECTED, Status.RESERVE)


@dataclass(frozen=True, kw_only=True)
class Rule:
    """`kind` is one of the three above; the others say its numbers, as `choosing` takes them."""

    kind: str
    fewest: int = 1
    selected_from: Decimal = Decimal(0)
    reserve_from: Decimal = Decimal(0)
    quotas: Mapping[int, int] = field(default_factory=dict)
    total: int = 0
    reserve: int = 0

    def decide(self, ranked: Iterable[Candidate]) -> list[Result]:
        if self.kind == THRESHOLD:
            limits = {"selected_from": self.selected_from, "reserve_from": self.reserve_from}
            return choosing.by_threshold(ranked, **limits, fewest=self.fewest)
        return choosing.by_quota(
            ranked, quotas=self.quotas, total=self.total, reserve=self.reserve, fewest=self.fewest
        )


@dataclass(frozen=True)
class Proposal:
    """What a rule would decide, in the order of the ranking; `tied` is how many the person may not decide on.

    `hidden` were decided before and are not theirs to see: they only take their places.
    """

    results: list[Result]
    tied: int
    hidden: list[Candidate]

    @property
    def outcomes(self) -> Counter[str]:
        return Counter(result.outcome for result in self.results if result.outcome)

    @property
    def skipped(self) -> Counter[choosing.Why]:
        return Counter(result.why for result in self.results if not result.outcome)

    @property
    def digest(self) -> str:
        """What changes when anybody would get something else."""
        said = ",".join(f"{result.candidate.submission}:{result.outcome}" for result in self.results)
        return hashlib.sha256(said.encode()).hexdigest()

    def expect(self, digest: str) -> None:
        """Raises Refused where another proposal was shown."""
        if self.digest != digest:
            raise Refused(_("The ranking or a decision has changed since you looked. Look again."))


def propose(campaign: Campaign, rule: Rule, *, by: User) -> Proposal:
    rows = campaign.submissions.filter(status__in=COUNTED, erased_at__isnull=True)
    seen = rows.filter(pk__in=visible_to(by).values("pk"))
    unseen = rows.exclude(pk__in=seen.values("pk"))
    hidden = _candidates(unseen.exclude(status=Status.IN_REVIEW, decision__isnull=True), rule.kind)
    results = rule.decide([*hidden, *_candidates(seen, rule.kind)])[len(hidden) :]
    return Proposal(results, decisions.undecided(unseen).count(), hidden)


def _candidates(submissions: SubmissionQuerySet, kind: str) -> list[Candidate]:
    """In the order of the ranking, in two queries."""
    regions: dict[int, list[int]] = {}
    if kind == REGIONS:
        pairs = submissions.exclude(screened__regions=None).order_by("pk", "screened__regions__code")
        for pk, region in pairs.values_list("pk", "screened__regions"):
            regions.setdefault(pk, []).append(region)
    columns = (
        "pk",
        "status",
        "standing__mean",
        "standing__reviews",
        "screened__theme",
        "decision__outcome",
    )
    return [
        Candidate(
            submission=pk,
            mean=mean,
            reviews=reviews or 0,
            groups=tuple(regions.get(pk, ())) if kind == REGIONS else (theme,) if theme else (),
            decided=outcome or (status if status != Status.IN_REVIEW else ""),
        )
        for pk, status, mean, reviews, theme, outcome in scoring.as_ranked(submissions).values_list(*columns)
    ]


@transaction.atomic
def take(
    campaign: Campaign, rule: Rule, *, digest: str, reasons: Mapping[str, Why], by: User, at: datetime
) -> Counter[str]:
    """Store what the rule decides as pending decisions, each outcome with its reasons; tell how many of each.

    Nobody reviews or decides meanwhile. Raises Refused where the rule says something else than what was shown,
    while the call is open, and where an outcome has no reasons.
    """
    if sentence := decisions.call_refusal(campaign, at):
        raise Refused(sentence)
    scoring.hold(campaign)
    proposal = propose(campaign, rule, by=by)
    proposal.expect(digest)
    results = [result for result in proposal.results if result.outcome]
    rows = campaign.submissions.in_bulk([result.candidate.submission for result in results])
    made = [Decision(submission=rows[result.candidate.submission]) for result in results]
    place = reserve.next_place(campaign.pk)
    for decision, result in zip(made, results, strict=True):
        _write(decision, result, reasons.get(result.outcome, {}), by, at)
        if result.outcome == Outcome.RESERVE:
            decision.reserve_place, place = place, place + 1
    Decision.objects.bulk_create(made, batch_size=500)
    note_all(rows.values(), "review.decide_by_rule", by=by, at=at)
    return proposal.outcomes


def _write(decision: Decision, result: Result, why: Why, by: User, at: datetime) -> None:
    words, phrases = why.get("reasons", ""), why.get("phrases", ())
    if not words.strip() and not phrases:
        raise Refused(_("A decision needs reasons. They are told to the sender."))
    language = why.get("language", "")
    decisions.write(decision, result.outcome, reasons=words, language=language, phrases=phrases, by=by, at=at)
