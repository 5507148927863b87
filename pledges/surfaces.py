"""What each consent opens: the table of purposes and surfaces, and the consents in force."""

from collections.abc import Collection, Iterable

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


def agreements(submission: Submission) -> dict[int, dict[Purpose, Consent]]:
    """The acts in force of each participation, by its id and by purpose (one query).

    What was agreed to in older words stands for what those said, until it is agreed to in newer ones or taken back.
    """
    last: dict[tuple[int, Purpose], Consent] = {}
    acts = Consent.objects.filter(participation__submission=submission).select_related("wording")
    for act in acts.order_by("pk"):
        last[act.participation_id, Purpose(act.purpose)] = act
    found: dict[int, dict[Purpose, Consent]] = {}
    for (participation_id, purpose), act in last.items():
        if act.given:
            found.setdefault(participation_id, {})[purpose] = act
    return found


def in_force(submission: Submission) -> dict[int, frozenset[Purpose]]:
    """The purposes that each participation's last acts leave given, by participation id (one query)."""
    return {pk: frozenset(acts) for pk, acts in agreements(submission).items()}


def in_force_among(submissions: Collection[int]) -> dict[int, frozenset[Purpose]]:
    """The same for many submissions, given by their ids (one query)."""
    acts = Consent.objects.filter(participation__submission__in=submissions).order_by("pk")
    last = {
        (participation, Purpose(purpose)): given
        for participation, purpose, given in acts.values_list("participation", "purpose", "given")
    }
    found: dict[int, set[Purpose]] = {}
    for (participation, purpose), given in last.items():
        if given:
            found.setdefault(participation, set()).add(purpose)
    return {participation: frozenset(purposes) for participation, purposes in found.items()}
