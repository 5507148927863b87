"""The audit log: what a person may read of it, how it is searched, and that every act leaves a line that has words."""

import ast
import csv
import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.log_actions import log, registry
from wagtail.models import ModelLogEntry

from pledges.models import Status
from review import logbook, proposals
from review.views.log import PAGE_SIZE
from tests import factories
from tests.forms.addresses import BUTTONS

APPS = ("home", "campaign", "pledges", "review")
ROOT = Path(__file__).parents[2]
# What each button of the desk leaves in the log. What a form leaves is looked for where the forms are tested.
LEAVES = {
    "desk:accept_proposal": "review.accept_proposal",
    "desk:close_meeting": "review.close_meeting",
    "desk:come_back": "review.come_back",
    "desk:discard_proposal": "review.discard_proposal",
    "desk:drop_case": "review.drop_case",
    "desk:drop_nominee": "review.drop_nominee",
    "desk:drop_out": "review.drop_out",
    "desk:give_round": "review.assign",
    "desk:give_to": "review.assign",
    "desk:jury_conflict": "review.conflict",
    "desk:move_in_reserve": "review.move_in_reserve",
    "desk:open_meeting": "review.open_meeting",
    "desk:order_reserve": "review.order_reserve",
    "desk:remove_redaction": "review.show_again",
    "desk:take_from": "review.unassign",
    "desk:act_on_checked": "pledges.restore",
    "desk:announce_awards": "review.announce_award",
    "desk:ask_for_consents": "review.ask_for_consent",
    "desk:assign": "review.assign",
    "desk:assign_checked": "review.assign",
    "desk:compile_programme": "campaign.compile",
    "desk:conflict": "review.conflict",
    "desk:consents": "pledges.ask_anew",
    "desk:handle_reports": "review.handle_reports",
    "desk:part_organisation": "pledges.part_organisation",
    "desk:pass_files": "pledges.pass_files",
    "desk:pass_names": "pledges.pass_names",
    "desk:pass_text": "pledges.pass_version",
    "desk:release_decisions": "review.order_release",
    "desk:release_programme": "campaign.release",
    "desk:renew_links": "pledges.revoke_links",
    "desk:resume": "review.resume",
    "desk:take_up": "review.take_up",
    "desk:take_back_award": "review.take_back_award",
    "desk:take_back_file": "pledges.take_back_file",
    "desk:unassign": "review.unassign",
    "desk:undo_decision": "review.undo_decision",
}
# These change nothing but what the person who presses them is shown; a proposal gives nothing before it is accepted.
OWN_VIEW = {"desk:choose_campaign", "desk:choose_language", "desk:single_keys", "desk:propose"}


def test_every_button_of_the_desk_leaves_a_line():
    assert LEAVES.keys() | OWN_VIEW == {name for name in BUTTONS if name.startswith("desk:")}
    assert [action for action in LEAVES.values() if not registry.action_exists(action)] == []


def written_actions() -> Iterator[tuple[str, str]]:
    """The name of every action that the code logs, with where; of one that is put together, its beginning."""
    for app in APPS:
        for path in (ROOT / app).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"log", "note"}:
                    for part in ast.walk(node.args[1]) if len(node.args) > 1 else ():
                        if isinstance(part, ast.Constant) and str(part.value).startswith(logbook.OURS):
                            yield part.value, path.name


def test_every_action_that_the_code_logs_has_words():
    found = dict(written_actions())
    assert len(found) > 30
    words = logbook.actions()
    without = [name for name in found if not any(known.startswith(name) for known in words)]
    assert without == []


def named_data() -> Iterator[tuple[str, str]]:
    """Every name under which the code logs something of its own, with where."""
    for app in APPS:
        for path in (ROOT / app).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"log", "note_all"}:
                    for part in node.keywords:
                        if part.arg == "data" and isinstance(part.value, ast.Dict):
                            yield from ((name.value, path.name) for name in part.value.keys)


def test_every_name_in_a_lines_data_has_words():
    found = dict(named_data())
    assert len(found) > 20
    assert [name for name in found if name not in logbook.LABELS] == []


@pytest.fixture
def row(campaign):
    return factories.SubmissionFactory(campaign=campaign, status=Status.IN_REVIEW)


def told(rows) -> list[tuple]:
    return [(line.label, line.action) for line in rows]


def test_a_person_reads_the_campaigns_lines_and_those_of_its_submissions_and_settings(
    campaign, criteria, row, coordinator, at
):
    other = factories.SubmissionFactory(status=Status.IN_REVIEW)
    draft = factories.SubmissionFactory(campaign=campaign, status=Status.DRAFT)
    conflicted = factories.ConflictFactory(
        submission__campaign=campaign, submission__status=Status.IN_REVIEW, person=coordinator
    ).submission
    for place, about in enumerate([campaign, criteria[0], row, other, draft, conflicted, other.campaign]):
        log(about, "review.recompute", timestamp=at + timedelta(minutes=place))
    read = told(logbook.lines(campaign, coordinator))
    assert read == [(str(about), "review.recompute") for about in (row, criteria[0], campaign)]


def test_what_is_looked_for_is_found(campaign, row, coordinator, reviewer, at):
    log(row, "review.assign", user=coordinator, timestamp=at)
    log(row, "review.unassign", user=reviewer, timestamp=at + timedelta(days=2))
    lines = logbook.lines(campaign, coordinator)
    first, second = (row.reference, "review.assign"), (row.reference, "review.unassign")
    asked = [
        ({"person": "risto"}, [second]),
        ({"person": "nobody"}, []),
        ({"reference": row.reference}, [second, first]),
        ({"reference": "KL-0000-0000"}, []),
        ({"action": "review.assign"}, [first]),
        ({"since": at + timedelta(days=1)}, [second]),
        ({"until": at + timedelta(days=1)}, [first]),
    ]
    assert [told(logbook.found(lines, **words)) for words, _lines in asked] == [
        found for _words, found in asked
    ]


def test_data_are_told_by_names_and_never_at_length(reviewer):
    data = {
        "reviewers": [reviewer.pk],
        "changes": {"weight": [20, 30], "is_counted": [True, False]},
        "rows": {"reviews": 4},
        "new": "x" * 1000,
    }
    reviewers, changes, rows, new = logbook.Told().of(data)
    assert reviewers == "reviewers: Risto Reviewer"
    assert changes == "changes: weight 20 → 30; is_counted yes → no"
    assert rows == "rows: reviews 4"
    assert len(new) < 220


def test_two_of_something_are_no_change(reviewer, other_reviewer):
    data = {"jury": [reviewer.pk, other_reviewer.pk], "nominees": [3, 5]}
    jury, nominees = logbook.Told().of(data)
    assert jury == f"jury: {reviewer}, {other_reviewer}"
    assert nominees == "nominees: 3, 5"


def test_the_lines_of_what_was_deleted_stay_in_its_campaigns_log(campaign, criteria, coordinator, at):
    other = factories.CriterionFactory()
    for gone in (criteria[0], other):
        log(gone, "wagtail.edit", user=coordinator, timestamp=at)
        log(gone, "wagtail.delete", user=coordinator, timestamp=at + timedelta(minutes=1))
        gone.delete()
    lines = logbook.lines(campaign, coordinator)
    assert told(lines) == [("Effect", "wagtail.delete"), ("Effect", "wagtail.edit")]
    assert [logbook.Told().of(line.data) for line in lines] == [[], []]


def test_what_became_of_a_proposal_is_told(campaign, in_review, coordinator, at):
    proposals.discard(proposals.make(campaign, by=coordinator, at=at), by=coordinator, at=at)
    proposals.accept(proposals.make(campaign, by=coordinator, at=at), by=coordinator, at=at)
    actions = {line.action for line in logbook.lines(campaign, coordinator)}
    assert actions == {"review.discard_proposal", "review.accept_proposal"}


def log_page(client, **asked):
    answer = client.get(reverse("desk:log"), asked)
    assert answer.status_code == 200
    return answer


def test_the_page_goes_on_after_its_last_line_also_where_moments_are_the_same(
    campaign, row, coordinator, signed_in, at
):
    for _place in range(PAGE_SIZE + 3):
        log(row, "review.assign", timestamp=at)
    client = signed_in(coordinator)
    first = log_page(client)
    second = log_page(client, before=first.context["before"])
    shown = [line["entry"].pk for page in (first, second) for line in page.context["lines"]]
    assert shown == sorted(ModelLogEntry.objects.values_list("pk", flat=True), reverse=True)
    assert second.context["before"] == ""


@pytest.mark.parametrize(
    "asked",
    [
        {"before": "never~x"},
        {"before": "2026-99-01T00:00:00Z~1"},
        {"reference": "nothing"},
        {"since": "x"},
        {"action": "x"},
        {"person": "\0"},
    ],
)
def test_what_cannot_be_read_is_no_error(asked, campaign, coordinator, signed_in):
    log_page(signed_in(coordinator), **asked)


def test_the_page_takes_as_many_queries_for_twenty_lines_as_for_two(campaign, coordinator, signed_in, at):
    client, numbers = signed_in(coordinator), []
    for more in (2, 18):
        for row in factories.SubmissionFactory.create_batch(more, campaign=campaign, status=Status.IN_REVIEW):
            log(row, "review.assign", user=factories.UserFactory(), timestamp=at)
        log_page(client)
        with CaptureQueriesContext(connection) as captured:
            log_page(client)
        numbers.append(len(captured))
    assert numbers[0] == numbers[1] < 15


def test_the_log_is_taken_as_it_was_looked_for_and_that_is_noted(campaign, row, coordinator, signed_in, at):
    log(row, "review.assign", user=coordinator, data={"reviewers": [coordinator.pk]}, timestamp=at)
    log(row, "review.unassign", user=coordinator, timestamp=at)
    url = reverse("desk:take_log", args=["csv"])
    answer = signed_in(coordinator).get(url, {"action": "review.assign"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    (line,) = csv.reader(io.StringIO(text[text.index("\r\n") + 2 :]))
    assert line == [
        "2026-11-24 12:00",
        str(coordinator),
        "Assign",
        row.reference,
        f"reviewers: {coordinator}",
    ]
    noted = ModelLogEntry.objects.get(action="review.export")
    assert noted.data == {"what": "log", "form": "csv", "rows": {"log": 1}}


def test_an_observer_reads_the_log_and_is_offered_no_file(campaign, row, observer, signed_in, at):
    log(row, "review.assign", timestamp=at)
    page = log_page(signed_in(observer))
    assert len(page.context["lines"]) == 1
    assert reverse("desk:take_log", args=["csv"]) not in page.content.decode()
