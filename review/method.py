"""How points become an order, in words and shares: what the ranking, its explanations and the public page say."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaign.kinds import Kind
from campaign.models import Campaign
from review.models.criterion import Criterion
from review.models.procedure import Procedure

# The steps of the order after one another, and what each says of the submission that it puts before another.
RULES = {
    "mean": gettext_lazy("higher mean"),
    "reviews": gettext_lazy("more reviews"),
    "spread": gettext_lazy("the reviewers agree more"),
    "arrival": gettext_lazy("arrived earlier"),
}
ONLY = {
    Kind.PLEDGE: gettext_lazy("pledges only"),
    Kind.INITIATIVE: gettext_lazy("initiatives only"),
}


@dataclass(frozen=True, kw_only=True)
class Weighed:
    """A criterion, how much it counts, and what else is to be known of it.

    `shares` says for each kind how many per cent of the whole it is; once, without a kind, where that is the same.
    """

    criterion: Criterion
    shares: list[tuple[str, str]]
    notes: list[str]


@dataclass(frozen=True, kw_only=True)
class Method:
    """`limit` is the spread from which on reviewers disagree."""

    limit: Decimal
    criteria: list[Weighed]
    sentences: list[str]


def of(campaign: Campaign) -> Method:
    criteria = list(campaign.criteria.all())
    limit = Procedure.of(campaign).disagreement
    weighed = [Weighed(criterion=row, shares=_shares(row, criteria), notes=_notes(row)) for row in criteria]
    return Method(criteria=weighed, sentences=_sentences(limit), limit=limit)


def share(criterion: Criterion, criteria: Iterable[Criterion]) -> str:
    """How many per cent of a review by these criteria one of them is, with every counted one answered."""
    return _in_figures(_percent(criterion, criteria))


def _percent(criterion: Criterion, criteria: Iterable[Criterion]) -> Fraction:
    return Fraction(100 * criterion.weight, sum(row.weight for row in criteria if row.is_counted))


def _shares(criterion: Criterion, criteria: list[Criterion]) -> list[tuple[str, str]]:
    if not criterion.is_counted:
        return []
    kinds = [kind for kind in Kind if criterion.is_for(kind)]
    shares = {kind: share(criterion, [row for row in criteria if row.is_for(kind)]) for kind in kinds}
    if len(set(shares.values())) == 1:
        return [("", next(iter(shares.values())))]
    return [(str(kind.label), figures) for kind, figures in shares.items()]


def _in_figures(percent: Fraction) -> str:
    """With one decimal where it is no whole number."""
    return number_format(round(float(percent), 1), decimal_pos=0 if percent.denominator == 1 else 1)


def _notes(criterion: Criterion) -> list[str]:
    scale = (
        _("yes or no")
        if criterion.is_yes_or_no
        else _("from 0 to %(highest)d points") % {"highest": criterion.max_points}
    )
    notes = [str(ONLY[Kind(criterion.kind)])] if criterion.kind else []
    notes.append(scale)
    if not criterion.is_required:
        notes.append(_("may be left without an answer"))
    if not criterion.is_counted:
        notes.append(_("shown beside the total and not counted"))
    return notes


def _sentences(limit: Decimal) -> list[str]:
    return [
        _(
            "Each review weighs its points and brings them to a scale from 0 to 5. A criterion that was left without "
            "an answer is left out of that review. The mean of the reviews gives the order."
        ),
        _(
            "Where two have the same mean, the one with more reviews comes first, then the one whose reviewers agree "
            "more, then the one that arrived earlier."
        ),
        _(
            "The spread is the difference between the highest and the lowest review, the median the one in the middle. "
            "From a spread of %(limit)s on, the reviewers are said to disagree."
        )
        % {"limit": number_format(limit, decimal_pos=2)},
    ]
