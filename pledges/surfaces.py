"""What each consent opens: the table of purposes and surfaces, and the consents in force."""

from collections.abc import Iterable

from pledges.models import Consent, Purpose, Submission

# Purpose × surface: what each consent opens. Nothing is opened by any other means.
SURFACES: dict[Purpose, frozenset[str]] = {
    Purpose.TEXT: frozenset({"site", "search", "programme", "documents"}),
    Purpose.ORGANISATION: frozenset({"names", "logos"}),
    Purpose.SOCIAL: frozenset({"stream", "share"}),
    Purpose.CONTACT: frozenset({"relay"}),
    Purpose.REUSE: frozenset({"open_data_text"}),
}


def opened(purposes: Iterable[Purpose]) -> frozenset[str]:
    """The surfaces that these consents open together; without the text, none."""
    purposes = set(purposes)
    if Purpose.TEXT not in purposes:
        return frozenset()
    return frozenset().union(*(SURFACES[purpose] for purpose in purposes))


def without_effect(purposes: Iterable[Purpose]) -> frozenset[Purpose]:
    """Those consents that open nothing, because the text is not allowed."""
    purposes = frozenset(purposes)
    return frozenset() if opened(purposes) else purposes


def in_force(submission: Submission) -> dict[int, frozenset[Purpose]]:
    """The purposes that each participation's last acts leave given, by participation id (one query)."""
    last: dict[tuple[int, str], bool] = {}
    acts = Consent.objects.filter(participation__submission=submission).order_by("at", "pk")
    for participation_id, purpose, given in acts.values_list("participation_id", "purpose", "given"):
        last[participation_id, purpose] = given
    by_participation: dict[int, set[Purpose]] = {}
    for (participation_id, purpose), given in last.items():
        if given:
            by_participation.setdefault(participation_id, set()).add(Purpose(purpose))
    return {key: frozenset(purposes) for key, purposes in by_participation.items()}
