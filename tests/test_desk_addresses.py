"""Every address of the desk × every kind of person × whose submission it is: the expected answer, as a table."""

import pytest
from django.urls import reverse

from pledges.models import Status
from review.urls import urlpatterns
from tests import factories

ROLES = ("anonymous", "reviewer", "other_reviewer", "coordinator", "editor", "administrator")
# Whose submission: given to `reviewer`; given to `other_reviewer`; one in which all have a conflict; none at all.
WHOSE = ("own", "another", "conflicted", "unknown")


def row(
    reviewer: int, other_reviewer: int, coordinator: int, editor: int, administrator: int
) -> dict[str, int]:
    """Everybody's answer; who is not signed in is sent to sign in."""
    return dict(zip(ROLES, (302, reviewer, other_reviewer, coordinator, editor, administrator), strict=True))


EVERYBODY = row(200, 200, 200, 200, 200)
REVIEWERS = row(200, 200, 403, 403, 200)
COORDINATORS = row(403, 403, 200, 403, 200)
WRITERS = row(403, 403, 200, 200, 200)

PAGES = {
    "home": EVERYBODY,
    "queue": REVIEWERS,
    "next": row(303, 303, 403, 403, 303),
    "submissions": COORDINATORS,
    "ranking": COORDINATORS,
    "decisions": COORDINATORS,
    "release_decisions": COORDINATORS,
    "awards": COORDINATORS,
    "programme": WRITERS,
    "release_programme": row(403, 403, 303, 403, 303),
}
ACTS = {
    "choose_campaign": row(404, 404, 404, 404, 404),
    "assign_checked": row(403, 403, 303, 403, 303),
    "decide_checked": row(403, 403, 422, 403, 422),
    "ask_for_consents": row(403, 403, 303, 403, 303),
    "announce_awards": row(403, 403, 303, 403, 303),
    "compile_programme": row(403, 403, 303, 303, 303),
}
UNSEEN = row(403, 403, 404, 403, 404)
OF_ONE_SUBMISSION = {
    "review": {
        "own": row(200, 404, 403, 403, 404),
        "another": row(404, 200, 403, 403, 404),
        "conflicted": row(404, 404, 403, 403, 404),
        "unknown": row(404, 404, 403, 403, 404),
    },
    "submission": {"own": COORDINATORS, "another": COORDINATORS, "conflicted": UNSEEN, "unknown": UNSEEN},
}
BY_COORDINATORS = {
    "own": row(403, 403, 303, 403, 303),
    "another": row(403, 403, 303, 403, 303),
    "conflicted": UNSEEN,
    "unknown": UNSEEN,
}
ACTS_ON_ONE = {
    "assign": BY_COORDINATORS,
    "unassign": BY_COORDINATORS,
    "handle_reports": BY_COORDINATORS,
    "decide": BY_COORDINATORS,
    "undo_decision": BY_COORDINATORS,
    "erase": BY_COORDINATORS,
    "pass_text": dict.fromkeys(WHOSE, UNSEEN),
    "conflict": {
        "own": row(303, 404, 303, 403, 303),
        "another": row(404, 303, 303, 403, 303),
        "conflicted": row(404, 404, 404, 403, 404),
        "unknown": row(404, 404, 404, 403, 404),
    },
}
OF_ONE_ENTRY = {"programme_texts": row(403, 403, 404, 404, 404), "place_entry": row(403, 403, 404, 404, 404)}
OF_ONE_AWARD = {"take_back_award": row(403, 403, 404, 403, 404)}


@pytest.fixture
def people(coordinator, reviewer, other_reviewer, editor, administrator) -> dict:
    names = ROLES[1:]
    return dict(zip(names, (reviewer, other_reviewer, coordinator, editor, administrator), strict=True))


@pytest.fixture
def references(campaign, people) -> dict[str, str]:
    rows = {
        whose: factories.SubmissionFactory(campaign=campaign, status=Status.IN_REVIEW)
        for whose in ("own", "another", "conflicted")
    }
    for whose, name in (("own", "reviewer"), ("another", "other_reviewer")):
        factories.AssignmentFactory(submission=rows[whose], reviewer=people[name])
    for person in people.values():
        factories.AssignmentFactory(submission=rows["conflicted"], reviewer=person)
        factories.ConflictFactory(submission=rows["conflicted"], person=person)
    return {whose: submission.reference for whose, submission in rows.items()} | {"unknown": "KL-0000-0000"}


@pytest.fixture
def ask(client, signed_in, people):
    """`ask(role, url, method)` gives the status of the answer."""

    def answer(role: str, url: str, method: str = "get") -> int:
        asking = signed_in(people[role]) if role in people else client
        return getattr(asking, method)(url).status_code

    return answer


def test_the_table_knows_every_address_of_the_desk():
    named = {*PAGES, *ACTS, *OF_ONE_SUBMISSION, *ACTS_ON_ONE, *OF_ONE_ENTRY, *OF_ONE_AWARD}
    assert named == {pattern.name for pattern in urlpatterns}


@pytest.mark.parametrize("name", PAGES)
def test_pages(name, ask, references):
    assert {role: ask(role, reverse(f"desk:{name}")) for role in ROLES} == PAGES[name]


@pytest.mark.parametrize("name", ACTS)
def test_acts(name, ask, references):
    url = reverse(f"desk:{name}")
    assert {role: ask(role, url, "post") for role in ROLES} == ACTS[name]
    assert {ask(role, url) for role in ROLES} == {405}


@pytest.mark.parametrize("whose", WHOSE)
@pytest.mark.parametrize("name", OF_ONE_SUBMISSION)
def test_pages_about_one_submission(name, whose, ask, references):
    url = reverse(f"desk:{name}", args=[references[whose]])
    assert {role: ask(role, url) for role in ROLES} == OF_ONE_SUBMISSION[name][whose]


@pytest.mark.parametrize("whose", WHOSE)
@pytest.mark.parametrize("name", ACTS_ON_ONE)
def test_acts_on_one_submission(name, whose, ask, references):
    url = reverse(f"desk:{name}", args=[references[whose]])
    assert {role: ask(role, url, "post") for role in ROLES} == ACTS_ON_ONE[name][whose]
    assert {ask(role, url) for role in ROLES} == {405}


@pytest.mark.parametrize("name", [*OF_ONE_ENTRY, *OF_ONE_AWARD])
def test_acts_on_what_is_not_there(name, ask, references):
    key = 999 if name in OF_ONE_AWARD else references["own"]
    expected = (OF_ONE_ENTRY | OF_ONE_AWARD)[name]
    assert {role: ask(role, reverse(f"desk:{name}", args=[key]), "post") for role in ROLES} == expected
