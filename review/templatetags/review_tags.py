"""Small words of the desk's templates."""

from django import template

from pledges.models import Action, Exchange, Status, Version
from pledges.receipt import action_in_words
from review import reading

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
def in_words(row: Action | Exchange) -> str:
    """An action, a need or an offer in one line."""
    return action_in_words(row) if isinstance(row, Action) else reading.exchange_in_words(row)


@register.filter
def facts(version: Version) -> list[dict]:
    """Where and when, for the component `facts`."""
    return reading.facts(version)
