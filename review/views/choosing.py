"""Deciding by a rule: its numbers, then what it would decide and why, then one press."""

from django.http import HttpResponse, QueryDict
from django.utils.translation import ngettext

from pledges.lifecycle import Refused
from pledges.models import Submission
from review import permissions, selection
from review.choosing import Outcome, Result
from review.decision_forms import ReasonsForm
from review.models import Procedure
from review.rule_form import KINDS, QuotaForm, RuleForm
from review.selection import Proposal, Rule
from review.views.desk import Desk, desk, go
from review.views.tabs import chosen


@desk(permissions.DECIDE)
def choose(desk: Desk) -> HttpResponse:
    kind = chosen(desk, KINDS)
    asked = desk.request.GET if "fewest" in desk.request.GET else None
    form = RuleForm.of(kind, asked, campaign=desk.campaign)
    context = {"kind": kind, "tabs": _tabs(kind), "form": form}
    is_sent = desk.request.method == "POST"
    if not form.is_valid():
        status = 422 if form.is_bound or is_sent else 200
        return desk.render("choose", context, tab="decisions", status=status)
    proposal = selection.propose(desk.campaign, form.rule(), by=desk.user)
    reasons = _reasons(desk, proposal, desk.request.POST if is_sent else None)
    if is_sent:
        try:
            proposal.expect(desk.request.POST.get("digest", ""))
            # Each is asked, so that each says what it lacks.
            if [each for each in reasons.values() if each.is_valid()] == list(reasons.values()):
                return _take(desk, form.rule(), proposal, reasons)
        except Refused as refused:
            desk.refuse(str(refused))
    context |= _shown(desk, form, proposal, reasons)
    return desk.render("choose", context, tab="decisions", status=422 if is_sent else 200)


def _reasons(desk: Desk, proposal: Proposal, sent: QueryDict | None) -> dict[str, ReasonsForm]:
    """A form for the reasons of each outcome that somebody would get."""
    return {
        outcome: ReasonsForm(sent, prefix=outcome, campaign=desk.campaign, outcome=outcome)
        for outcome in Outcome
        if proposal.outcomes[outcome]
    }


def _take(desk: Desk, rule: Rule, proposal: Proposal, forms: dict[str, ReasonsForm]) -> HttpResponse:
    reasons = {outcome: form.cleaned_data for outcome, form in forms.items()}
    made = selection.take(
        desk.campaign, rule, digest=proposal.digest, reasons=reasons, by=desk.user, at=desk.at
    )
    number = sum(made.values())
    done = ngettext("%(number)d decision is pending.", "%(number)d decisions are pending.", number)
    desk.say(done % {"number": number})
    return go("decisions", query="tab=pending")


def _tabs(kind: str) -> list[dict]:
    return [{"code": code, "label": label, "current": code == kind} for code, label in KINDS.items()]


def _shown(desk: Desk, form: RuleForm, proposal: Proposal, reasons: dict[str, ReasonsForm]) -> dict:
    """The proposal's numbers, its groups, and one page of its rows."""
    page = desk.page(proposal.results)
    query = desk.request.GET.copy()
    query.pop("page", None)
    return {
        "proposal": proposal,
        "page": page,
        "query": query.urlencode(),
        "rows": _rows(desk, form, list(page.object_list), first=page.start_index()),
        "totals": [{"outcome": outcome, "number": proposal.outcomes[outcome]} for outcome in Outcome],
        "reasons": [
            {"label": Outcome(outcome).label, "number": proposal.outcomes[outcome], "form": each}
            for outcome, each in reasons.items()
        ],
        "faulty": next((each for each in reasons.values() if each.errors), None),
        "skipped": [{"why": why, "number": number} for why, number in sorted(proposal.skipped.items())],
        "groups": _groups(form, proposal) if isinstance(form, QuotaForm) else [],
    }


def _rows(desk: Desk, form: RuleForm, results: list[Result], *, first: int) -> list[dict]:
    submissions = Submission.objects.select_related("screened", "standing").in_bulk(
        [result.candidate.submission for result in results]
    )
    limit = Procedure.of(desk.campaign).disagreement
    names = {group.pk: str(group) for group in getattr(form, "groups", ())}
    rows = []
    for rank, result in enumerate(results, start=first):
        submission = submissions[result.candidate.submission]
        standing = getattr(submission, "standing", None)
        rows.append(
            {
                "rank": rank,
                "submission": submission,
                "standing": standing,
                "result": result,
                "outcome": Outcome(result.outcome).label if result.outcome else "",
                "group": names.get(result.group, ""),
                "is_disputed": standing is not None and standing.is_disputed(limit),
            }
        )
    return rows


def _groups(form: QuotaForm, proposal: Proposal) -> list[dict]:
    """Each group's places against those who belong to it: how many were and would be selected, and how many are there."""
    quotas = form.rule().quotas
    rows = []
    for group in form.groups:
        of_it = [result for result in proposal.results if group.pk in result.candidate.groups]
        hidden = [candidate for candidate in proposal.hidden if group.pk in candidate.groups]
        chosen = [
            result for result in of_it if Outcome.SELECTED in {result.outcome, result.candidate.decided}
        ]
        chosen += [candidate for candidate in hidden if candidate.decided == Outcome.SELECTED]
        if of_it or hidden or quotas[group.pk]:
            rows.append(
                {
                    "name": str(group),
                    "places": quotas[group.pk],
                    "there": len(of_it) + len(hidden),
                    "selected": len(chosen),
                    "lacks": len(chosen) < quotas[group.pk],
                }
            )
    return rows
