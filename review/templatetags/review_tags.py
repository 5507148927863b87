"""Small words of the desk's templates."""

from decimal import Decimal
from fractions import Fraction

from django import template
from django.utils.formats import number_format

from campaign.detail import exchanges
from campaign.languages import Rows
from pledges.models import Status
from review.models import Decision

register = template.Library()

TONES = {
    Status.SUBMITTED: "waiting",
    Status.RETURNED: "waiting",
    Status.IN_REVIEW: "waiting",
    Status.SELECTED: "good",
    Status.INELIGIBLE: "bad",
    Status.SPAM: "bad",
    Status.WITHDRAWN: "quiet",
    Status.DECLINED: "quiet",
}


@register.filter
def tone(status: str) -> str:
    """How the component `status` draws a submission's status."""
    return TONES.get(Status(status), "draft")


@register.filter
def bounded(rows: Rows) -> Rows:
    """Needs or offers, each with how much, where and until when."""
    return exchanges(rows)


@register.filter
def exact(value: Fraction) -> str:
    """With as many decimals as it has, four at most, so that a sum can be done again from what is read."""
    figures = f"{Decimal(value.numerator) / Decimal(value.denominator):.4f}".rstrip("0")
    return number_format(Decimal(figures), decimal_pos=len(figures.partition(".")[2]))


@register.filter
def plain(text: object) -> str:
    """A text for where no marks may stand, such as a page's title."""
    return str.__str__(str(text))


@register.filter
def outcome_label(outcome: str) -> str:
    """What a decision is called; nothing where there is none."""
    return str(Decision.Outcome(outcome).label) if outcome else ""
