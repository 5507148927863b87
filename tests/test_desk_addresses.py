"""Every address of the desk × every kind of person × whose submission it is: the expected answer, as a table."""

import pytest
from django.urls import reverse

from campaign import programme
from campaign.models import Phase
from home.models import User
from pledges import organisations
from pledges.models import Status, Submission
from review.models import Award, ConflictOfInterest, Meeting, MeetingCase, Nominee, Redaction, ReviewerProfile
from review.urls import urlpatterns
from tests import factories

ROLES = (
    "anonymous",
    "reviewer",
    "other_reviewer",
    "coordinator",
    "editor",
    "administrator",
    "observer",
    "juror",
)
# Whose submission: given to `reviewer`; given to `other_reviewer`; one in which all have a conflict; none at all.
WHOSE = ("own", "another", "conflicted", "unknown")


def row(
    reviewer: int,
    other_reviewer: int,
    coordinator: int,
    editor: int,
    administrator: int,
    *,
    observer: int = 403,
    juror: int = 403,
) -> dict[str, int]:
    """Everybody's answer; who is not signed in is sent to sign in."""
    answers = (302, reviewer, other_reviewer, coordinator, editor, administrator, observer, juror)
    return dict(zip(ROLES, answers, strict=True))


EVERYBODY = row(200, 200, 200, 200, 200, observer=200, juror=200)
REVIEWERS = row(200, 200, 403, 403, 200)
COORDINATORS = row(403, 403, 200, 403, 200)
OVERSEERS = row(403, 403, 200, 403, 200, observer=200)
WRITERS = row(403, 403, 200, 200, 200)

PAGES = {
    "home": EVERYBODY,
    "queue": REVIEWERS,
    "mine": REVIEWERS,
    "next": row(303, 303, 403, 403, 303),
    "consents": OVERSEERS,
    "conflicts": OVERSEERS,
    "dates": COORDINATORS,
    "interests": row(200, 200, 200, 403, 200, observer=200, juror=200),
    "procedure": COORDINATORS,
    "submissions": OVERSEERS,
    "enter": COORDINATORS,
    "import": COORDINATORS,
    "organisations": OVERSEERS,
    "export": COORDINATORS,
    "log": OVERSEERS,
    "overview": OVERSEERS,
    "reviewers": COORDINATORS,
    "proposal": row(403, 403, 303, 403, 303),
    "give_round": COORDINATORS,
    "assign_table": COORDINATORS,
    "ranking": OVERSEERS,
    "calibration": OVERSEERS,
    "firmness": OVERSEERS,
    "decisions": OVERSEERS,
    "choose": OVERSEERS,
    "letters": OVERSEERS,
    "release_decisions": OVERSEERS,
    "awards": OVERSEERS,
    "meetings": OVERSEERS,
    "jury": row(403, 403, 403, 403, 200, juror=200),
    "programme": WRITERS,
    "release_programme": row(403, 403, 303, 403, 303),
}
ACTS = {
    "choose_campaign": row(404, 404, 404, 404, 404, observer=404, juror=404),
    "choose_language": row(404, 404, 404, 404, 404, observer=404, juror=404),
    "act_on_checked": row(403, 403, 303, 403, 303),
    "consents": row(403, 403, 303, 403, 303),
    "dates": row(403, 403, 422, 403, 422),
    "interests": row(422, 422, 422, 403, 422, observer=422, juror=422),
    "procedure": row(403, 403, 422, 403, 422),
    "assign_checked": row(403, 403, 303, 403, 303),
    "enter": row(403, 403, 422, 403, 422),
    "import": row(403, 403, 422, 403, 422),
    "merge_organisations": row(403, 403, 303, 403, 303),
    "propose": row(403, 403, 303, 403, 303),
    "accept_proposal": row(403, 403, 303, 403, 303),
    "discard_proposal": row(403, 403, 303, 403, 303),
    "give_round": row(403, 403, 303, 403, 303),
    "assign_table": row(403, 403, 422, 403, 422),
    "decide_checked": row(403, 403, 422, 403, 422),
    "ask_for_consents": row(403, 403, 303, 403, 303),
    "announce_awards": row(403, 403, 303, 403, 303),
    "choose": row(403, 403, 422, 403, 422),
    "order_reserve": row(403, 403, 303, 403, 303),
    "set_award_moment": row(403, 403, 303, 403, 303),
    "release_decisions": row(403, 403, 303, 403, 303),
    "release_programme": row(403, 403, 303, 403, 303),
    "awards": row(403, 403, 422, 403, 422),
    "meetings": row(403, 403, 422, 403, 422),
    "compile_programme": row(403, 403, 303, 303, 303),
    "single_keys": row(303, 303, 403, 403, 303),
}
UNSEEN = row(403, 403, 404, 403, 404)
OF_ONE_SUBMISSION = {
    "review": {
        "own": row(200, 404, 403, 403, 404),
        "another": row(404, 200, 403, 403, 404),
        "conflicted": row(404, 404, 403, 403, 404),
        "unknown": row(404, 404, 403, 403, 404),
    },
    "submission": {
        "own": OVERSEERS,
        "another": OVERSEERS,
        "conflicted": row(403, 403, 404, 403, 404, observer=404),
        "unknown": row(403, 403, 404, 403, 404, observer=404),
    },
}
OF_ONE_SUBMISSION["why"] = OF_ONE_SUBMISSION["submission"]
OF_ONE_SUBMISSION["redactions"] = OF_ONE_SUBMISSION["submission"]
BY_COORDINATORS = {
    "own": row(403, 403, 303, 403, 303),
    "another": row(403, 403, 303, 403, 303),
    "conflicted": UNSEEN,
    "unknown": UNSEEN,
}
# These show the page again, with what is wrong in their empty form.
FILLED_IN = BY_COORDINATORS | dict.fromkeys(("own", "another"), row(403, 403, 422, 403, 422))
NOBODYS = row(404, 404, 403, 403, 404)
BY_REVIEWERS = {
    "own": row(303, 404, 403, 403, 404),
    "another": row(404, 303, 403, 403, 404),
    "conflicted": NOBODYS,
    "unknown": NOBODYS,
}
ACTS_ON_ONE = {
    "assign": BY_COORDINATORS,
    "unassign": BY_COORDINATORS,
    "handle_reports": BY_COORDINATORS,
    "decide": FILLED_IN,
    "undo_decision": BY_COORDINATORS,
    "edit_letter": BY_COORDINATORS,
    "move_in_reserve": BY_COORDINATORS,
    "erase": FILLED_IN,
    "pass_text": BY_COORDINATORS,
    "pass_files": BY_COORDINATORS,
    "pass_names": BY_COORDINATORS,
    "redactions": FILLED_IN,
    "renew_links": BY_COORDINATORS,
    "transfer": FILLED_IN,
    "submission": BY_COORDINATORS,
    "give_more_time": dict.fromkeys(WHOSE, UNSEEN) | {"late": row(403, 403, 422, 403, 422)},
    "review": BY_REVIEWERS,
    "resume": BY_REVIEWERS,
    "take_up": BY_REVIEWERS,
    "abstain": BY_REVIEWERS | {"own": row(422, 404, 403, 403, 404), "another": row(404, 422, 403, 403, 404)},
    "conflict": {
        "own": row(303, 404, 303, 403, 303),
        "another": row(404, 303, 303, 403, 303),
        "conflicted": row(404, 404, 404, 403, 404),
        "unknown": row(404, 404, 404, 403, 404),
    },
}
PAGES_TOO = {
    "assign_table",
    "consents",
    "give_round",
    "enter",
    "import",
    "dates",
    "choose",
    "interests",
    "procedure",
    "redactions",
    "release_decisions",
    "release_programme",
    "awards",
    "meetings",
    "submission",
    "review",
    "programme_texts",
}
OF_ONE_ENTRY = {
    "programme_texts": {
        "entry": {"get": row(403, 403, 200, 200, 200), "post": row(403, 403, 303, 303, 303)},
        "unknown": {"get": row(403, 403, 404, 404, 404), "post": row(403, 403, 404, 404, 404)},
    },
    "place_entry": {
        "entry": {"get": dict.fromkeys(ROLES, 405), "post": row(403, 403, 303, 303, 303)},
        "unknown": {"get": dict.fromkeys(ROLES, 405), "post": row(403, 403, 404, 404, 404)},
    },
}
# Pages and acts about one reviewer: the answers for `reviewer`; for somebody who is none there is nothing.
OF_ONE_REVIEWER = {
    "reviewer": {"get": COORDINATORS, "post": COORDINATORS},
    "profile": {"get": COORDINATORS, "post": row(403, 403, 422, 403, 422)},
    "give_to": {"get": dict.fromkeys(ROLES, 405), "post": row(403, 403, 303, 403, 303)},
    "take_from": {"get": dict.fromkeys(ROLES, 405), "post": row(403, 403, 303, 403, 303)},
    "drop_out": {"get": COORDINATORS, "post": row(403, 403, 303, 403, 303)},
    "come_back": {"get": dict.fromkeys(ROLES, 405), "post": row(403, 403, 303, 403, 303)},
}
# A passed file and one that nobody has looked at yet, by whose submission it is.
OF_ONE_FILE = {
    "file": {
        ("own", "passed"): row(200, 404, 200, 403, 200, observer=200),
        ("own", "new"): row(404, 404, 200, 403, 200, observer=200),
        ("another", "passed"): row(404, 200, 200, 403, 200, observer=200),
        ("another", "new"): row(404, 404, 200, 403, 200, observer=200),
        ("conflicted", "passed"): row(404, 404, 404, 403, 404, observer=404),
        ("unknown", "passed"): row(404, 404, 404, 403, 404, observer=404),
    },
    "take_back_file": {
        ("own", "passed"): row(403, 403, 303, 403, 303),
        ("conflicted", "passed"): UNSEEN,
        ("unknown", "passed"): UNSEEN,
    },
}
OF_ONE_TRANSLATION = {
    "own": {"get": COORDINATORS, "post": row(403, 403, 422, 403, 422)},
    "conflicted": {"get": UNSEEN, "post": UNSEEN},
    "unknown": {"get": UNSEEN, "post": UNSEEN},
}
OF_ONE_AWARD = {
    "own": row(403, 403, 303, 403, 404),
    "conflicted": row(403, 403, 404, 403, 404),
    "unknown": row(403, 403, 404, 403, 404),
}
# Files to take away, by their address, with what stands in it.
TAKEN = {
    ("take_export", "submissions", "csv"): COORDINATORS,
    ("take_export", "everything", "xlsx"): COORDINATORS,
    ("take_export", "everything", "csv"): row(403, 403, 404, 403, 404),
    ("take_log", "json"): COORDINATORS,
    ("take_log", "zip"): row(403, 403, 404, 403, 404),
    ("take_overview", "theme"): OVERSEERS,
    ("take_overview", "nothing"): row(403, 403, 404, 403, 404, observer=404),
    ("take_export", "nothing", "json"): row(403, 403, 404, 403, 404),
}
# Of one category, in whose jury only the juror sits; of one of its nominees.
OF_ONE_CATEGORY = {
    "shortlist": ("get", OVERSEERS),
    "nominate": ("post", row(403, 403, 422, 403, 422)),
    "set_jury": ("post", row(403, 403, 303, 403, 303)),
    "vote": ("post", row(403, 403, 403, 403, 404, juror=422)),
}
OF_ONE_NOMINEE = {
    "drop_nominee": {"own": row(403, 403, 303, 403, 404), "conflicted": UNSEEN, "unknown": UNSEEN},
    "jury_conflict": {
        "own": row(403, 403, 403, 403, 404, juror=303),
        "conflicted": row(403, 403, 403, 403, 404, juror=404),
        "unknown": row(403, 403, 403, 403, 404, juror=404),
    },
}
# Of one meeting that was not opened, and of its case, by whose submission that is. A case tells who has a conflict
# of interest who may operate its screen; it is nobody's once it was dropped.
OF_ONE_MEETING = {
    "meeting": (OVERSEERS, row(403, 403, 422, 403, 422)),
    "add_cases": (None, row(403, 403, 422, 403, 422)),
    "open_meeting": (None, row(403, 403, 303, 403, 303)),
    "close_meeting": (None, row(403, 403, 303, 403, 303)),
}
OF_ONE_CASE = {
    "meeting_case": {
        "own": (OVERSEERS, row(403, 403, 422, 403, 422)),
        "conflicted": (row(403, 403, 403, 403, 403), row(403, 403, 403, 403, 403)),
        "unknown": (row(403, 403, 404, 403, 404, observer=404), UNSEEN),
    },
    "drop_case": {
        "own": (None, row(403, 403, 303, 403, 404)),
        "conflicted": (None, UNSEEN),
        "unknown": (None, UNSEEN),
    },
}
ENTRY_TEXT = {"title_en": "A title", "body_en": "A text."}


@pytest.fixture
def people(coordinator, reviewer, other_reviewer, editor, administrator, observer, juror) -> dict:
    everybody = (reviewer, other_reviewer, coordinator, editor, administrator, observer, juror)
    return dict(zip(ROLES[1:], everybody, strict=True))


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
    rows["late"] = factories.SubmissionFactory(campaign=campaign, status=Status.DRAFT)
    rows["late"].versions.update(saved_at=campaign.phases.get(kind=Phase.Kind.CALL).closes_at)
    return {whose: submission.reference for whose, submission in rows.items()} | {"unknown": "KL-0000-0000"}


@pytest.fixture
def texts(references) -> dict[str, int]:
    """A newer text of each submission, by the submission's reference; the ask for passing it is in the forms."""
    newer = {}
    for submission in Submission.objects.exclude(screened=None):
        version = factories.VersionFactory(submission=submission, number=2)
        Submission.objects.filter(pk=submission.pk).update(latest=version)
        newer[submission.reference] = version.pk
    return newer


@pytest.fixture
def entry(campaign, at) -> str:
    """The reference of the only entry of the programme's draft."""
    item = factories.PublicItemFactory(campaign=campaign, selected=True)
    programme.compile_programme(campaign, at=at)
    return item.reference


@pytest.fixture
def ask(client, signed_in, people):
    """`ask(role, url, method)` gives the status of the answer."""

    def answer(role: str, url: str, method: str = "get", **data) -> int:
        asking = signed_in(people[role]) if role in people else client
        return getattr(asking, method)(url, data).status_code

    return answer


def test_the_table_knows_every_address_of_the_desk():
    named = {
        *PAGES,
        *ACTS,
        *OF_ONE_SUBMISSION,
        *ACTS_ON_ONE,
        *OF_ONE_ENTRY,
        *OF_ONE_FILE,
        *OF_ONE_REVIEWER,
        *(name for name, *_parts in TAKEN),
        "lift_conflict",
        "remove_redaction",
        "take_back_award",
        *OF_ONE_CATEGORY,
        *OF_ONE_NOMINEE,
        *OF_ONE_MEETING,
        *OF_ONE_CASE,
        "take_minutes",
        "part_organisation",
        "translation",
    }
    assert named == {pattern.name for pattern in urlpatterns}


@pytest.mark.parametrize("name", PAGES)
def test_pages(name, ask, references):
    assert {role: ask(role, reverse(f"desk:{name}")) for role in ROLES} == PAGES[name]


@pytest.mark.parametrize("name", ACTS)
def test_acts(name, ask, references):
    url = reverse(f"desk:{name}")
    assert {role: ask(role, url, "post") for role in ROLES} == ACTS[name]
    assert name in PAGES_TOO or {ask(role, url) for role in ROLES} == {405}


@pytest.mark.parametrize("whose", WHOSE)
@pytest.mark.parametrize("name", OF_ONE_SUBMISSION)
def test_pages_about_one_submission(name, whose, ask, references):
    url = reverse(f"desk:{name}", args=[references[whose]])
    assert {role: ask(role, url) for role in ROLES} == OF_ONE_SUBMISSION[name][whose]


@pytest.mark.parametrize(
    ("name", "whose"), [(name, whose) for name in ACTS_ON_ONE for whose in ACTS_ON_ONE[name]]
)
def test_acts_on_one_submission(name, whose, ask, references, texts):
    url = reverse(f"desk:{name}", args=[references[whose]])
    version = texts.get(references[whose], 1)
    answers = {role: ask(role, url, "post", version=version) for role in ROLES}
    assert answers == ACTS_ON_ONE[name][whose]
    assert name in PAGES_TOO or {ask(role, url) for role in ROLES} == {405}


@pytest.mark.parametrize("whose", ["entry", "unknown"])
@pytest.mark.parametrize("name", OF_ONE_ENTRY)
def test_acts_on_one_entry(name, whose, ask, references, entry):
    url = reverse(f"desk:{name}", args=[entry if whose == "entry" else references["own"]])
    for method, expected in OF_ONE_ENTRY[name][whose].items():
        data = ENTRY_TEXT if method == "post" else {}
        assert {role: ask(role, url, method, **data) for role in ROLES} == expected


@pytest.mark.parametrize(
    ("name", "whose", "which"), [(name, *what) for name in OF_ONE_FILE for what in OF_ONE_FILE[name]]
)
def test_one_file(name, whose, which, ask, references, at):
    """The file is asked for at its own submission; at any other it is not there."""
    reference, pk = references[whose], 999
    if whose != "unknown":
        submission = Submission.objects.get(reference=reference)
        pk = factories.AttachmentFactory(
            submission=submission, passed_at=at if which == "passed" else None
        ).pk
    url = reverse(f"desk:{name}", args=[reference, pk])
    method = "get" if name == "file" else "post"
    assert {role: ask(role, url, method) for role in ROLES} == OF_ONE_FILE[name][whose, which]
    assert name == "file" or {ask(role, url) for role in ROLES} == {405}
    wrong = next(other for other in references if other != whose)
    url = reverse(f"desk:{name}", args=[references[wrong], pk])
    assert 200 not in {ask(role, url, method) for role in ROLES}


@pytest.mark.parametrize("address", TAKEN)
def test_files_to_take_away(address, ask, references):
    name, *parts = address
    url = reverse(f"desk:{name}", args=parts)
    assert {role: ask(role, url) for role in ROLES} == TAKEN[address]
    assert {ask(role, url, "post") for role in ROLES} == {405}


@pytest.mark.parametrize("whose", OF_ONE_TRANSLATION)
def test_translations_of_one_submission(whose, ask, references):
    url = reverse("desk:translation", args=[references[whose], "sv"])
    for method, expected in OF_ONE_TRANSLATION[whose].items():
        assert {role: ask(role, url, method) for role in ROLES} == expected


@pytest.mark.parametrize("whose", OF_ONE_AWARD)
def test_taking_an_award_back(whose, ask, references, campaign, at):
    """The first who may takes it; after that it is nobody's."""
    pk = 999
    if whose != "unknown":
        submission = Submission.objects.get(reference=references[whose])
        category = factories.AwardCategoryFactory(campaign=campaign)
        pk = Award.objects.create(category=category, submission=submission, citation="Brave.", given_at=at).pk
    url = reverse("desk:take_back_award", args=[pk])
    assert {role: ask(role, url, "post") for role in ROLES} == OF_ONE_AWARD[whose]
    assert Award.objects.exists() is (whose == "conflicted")
    assert {ask(role, url) for role in ROLES} == {405}


@pytest.fixture
def category(campaign, people):
    category = factories.AwardCategoryFactory(campaign=campaign)
    category.jury.add(people["juror"])
    return category


@pytest.mark.parametrize("name", OF_ONE_CATEGORY)
def test_one_category(name, ask, category):
    """The vote has no time yet, so that the juror is refused with a sentence; setting no jury comes last."""
    method, expected = OF_ONE_CATEGORY[name]
    url = reverse(f"desk:{name}", args=[category.pk])
    assert {role: ask(role, url, method) for role in ROLES} == expected
    assert {ask(role, url, "post" if method == "get" else "get") for role in ROLES} == {405}
    unknown = reverse(f"desk:{name}", args=[999])
    assert {ask(role, unknown, method) for role in ROLES} == {302, 403, 404}


@pytest.mark.parametrize(
    ("name", "whose"), [(name, whose) for name in OF_ONE_NOMINEE for whose in OF_ONE_NOMINEE[name]]
)
def test_one_nominee(name, whose, ask, references, category, at):
    pk = 999
    if whose != "unknown":
        submission = Submission.objects.get(reference=references[whose])
        pk = Nominee.objects.create(category=category, submission=submission, added_at=at).pk
    url = reverse(f"desk:{name}", args=[pk])
    assert {role: ask(role, url, "post") for role in ROLES} == OF_ONE_NOMINEE[name][whose]


@pytest.mark.parametrize("whose", ["own", "conflicted", "unknown"])
def test_lifting_a_conflict(whose, ask, references, other_reviewer, at):
    """A coordinator lifts another person's, where they have none themselves."""
    pk, answer, form = 999, UNSEEN, UNSEEN
    if whose != "unknown":
        submission = Submission.objects.get(reference=references[whose])
        rows = ConflictOfInterest.objects.filter(submission=submission, person=other_reviewer)
        pk = (rows.first() or factories.ConflictFactory(submission=submission, person=other_reviewer)).pk
    if whose == "own":
        answer, form = row(403, 403, 200, 403, 200), row(403, 403, 422, 403, 422)
    url = reverse("desk:lift_conflict", args=[pk])
    assert {role: ask(role, url) for role in ROLES} == answer
    assert {role: ask(role, url, "post") for role in ROLES} == form


@pytest.mark.parametrize("whose", ["own", "conflicted", "unknown"])
def test_showing_a_passage_again(whose, ask, references, coordinator, at):
    """The first who may shows it; after that there is nothing to show."""
    pk, answer = 999, UNSEEN
    if whose != "unknown":
        submission = Submission.objects.get(reference=references[whose])
        marked = {"passage": "the mill", "marked_by": coordinator, "marked_at": at}
        pk = Redaction.objects.create(submission=submission, **marked).pk
        answer = row(403, 403, 303, 403, 404) if whose == "own" else UNSEEN
    url = reverse("desk:remove_redaction", args=[references[whose], pk])
    assert {role: ask(role, url, "post") for role in ROLES} == answer
    assert {ask(role, url) for role in ROLES} == {405}


@pytest.fixture
def meeting(campaign, people, at):
    chair = people["coordinator"]
    return Meeting.objects.create(
        campaign=campaign, title="Panel", starts_at=at, chair=chair, secretary=chair
    )


@pytest.mark.parametrize("name", OF_ONE_MEETING)
def test_one_meeting(name, ask, meeting):
    read, written = OF_ONE_MEETING[name]
    url = reverse(f"desk:{name}", args=[meeting.pk])
    assert {role: ask(role, url) for role in ROLES} == (read or dict.fromkeys(ROLES, 405))
    assert {role: ask(role, url, "post") for role in ROLES} == written
    unknown = reverse(f"desk:{name}", args=[999])
    assert {ask(role, unknown, "post") for role in ROLES} == {302, 403, 404}


@pytest.mark.parametrize(
    ("name", "whose"), [(name, whose) for name in OF_ONE_CASE for whose in OF_ONE_CASE[name]]
)
def test_one_case(name, whose, ask, references, meeting):
    pk = 999
    if whose != "unknown":
        submission = Submission.objects.get(reference=references[whose])
        pk = MeetingCase.objects.create(meeting=meeting, submission=submission, position=1).pk
    read, written = OF_ONE_CASE[name][whose]
    url = reverse(f"desk:{name}", args=[meeting.pk, pk])
    assert {role: ask(role, url) for role in ROLES} == (read or dict.fromkeys(ROLES, 405))
    assert {role: ask(role, url, "post") for role in ROLES} == written


@pytest.mark.parametrize(
    ("form", "expected"), [("docx", row(403, 403, 200, 403, 200)), ("txt", row(403, 403, 404, 403, 404))]
)
def test_minutes(form, expected, ask, meeting):
    url = reverse("desk:take_minutes", args=[meeting.pk, form])
    assert {role: ask(role, url) for role in ROLES} == expected
    assert {ask(role, url, "post") for role in ROLES} == {405}


def test_taking_a_merging_back(ask, references, at):
    """The first who may takes it back; after that there is nothing to take back."""
    kept, merged = factories.OrganisationFactory.create_batch(2)
    organisations.merge(kept, [merged], by=User.objects.first(), at=at)
    url = reverse("desk:part_organisation", args=[merged.pk])
    assert {role: ask(role, url, "post") for role in ROLES} == row(403, 403, 303, 403, 404)
    assert {ask(role, url) for role in ROLES} == {405}


@pytest.mark.parametrize("name", OF_ONE_REVIEWER)
def test_one_reviewer(name, ask, people, references, campaign):
    ReviewerProfile.objects.create(campaign=campaign, person=people["reviewer"])
    stranger = factories.UserFactory()
    known, strangers, nobodys = (
        reverse(f"desk:{name}", args=[pk]) for pk in (people["reviewer"].pk, stranger.pk, 999)
    )
    for method, expected in OF_ONE_REVIEWER[name].items():
        unknown = {
            role: 404 if status < 300 or status in {303, 422} else status for role, status in expected.items()
        }
        assert {role: ask(role, known, method) for role in ROLES} == expected
        assert {role: ask(role, strangers, method) for role in ROLES} == unknown
        assert {role: ask(role, nobodys, method) for role in ROLES} == unknown
