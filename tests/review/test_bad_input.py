"""What no browser sends and somebody will: every address of the desk answers it, and none with an error."""

import pytest
from django.urls import reverse

from review.models import Award
from tests import factories

HUGE, ENDLESS, NUL = "9" * 30, "9" * 5000, "a\0b"
BAD = {"huge": HUGE, "endless": ENDLESS, "NUL": NUL, "other digits": "٣", "empty": ""}

ASKED = [
    ("submissions", "theme"),
    ("submissions", "q"),
    ("submissions", "page"),
    ("submissions", "tab"),
    ("decisions", "tab"),
    ("ranking", "page"),
    ("ranking", "kind"),
    ("queue", "page"),
    ("next", "after"),
    ("awards", "award"),
    ("awards", "reference"),
    ("programme", "chapter"),
]
SENT = [
    ("choose_campaign", "campaign"),
    ("assign_checked", "submission"),
    ("assign_checked", "reviewers"),
    ("decide_checked", "submission"),
    ("awards", "reference"),
    ("awards", "category"),
]
SENT_TO_ONE = [
    ("pass_text", "version"),
    ("unassign", "reviewer"),
    ("assign", "reviewers"),
    ("erase", "reference"),
    ("submission", "pass-read"),
    ("review", "version"),
    ("decide", "outcome"),
]


@pytest.fixture
def desk(signed_in, administrator):
    return signed_in(administrator)


@pytest.fixture
def filling(campaign, assigned, criteria, reviewer) -> dict:
    """Right values for what else the forms ask."""
    category = factories.AwardCategoryFactory(campaign=campaign)
    return {
        "submission": assigned.reference,
        "reviewers": reviewer.pk,
        "outcome": "declined",
        "reasons": "Not this time.",
        "action": "pass",
        "pass-authority_check": "Call",
        "category": category.pk,
        "reference": assigned.reference,
        "citation_en": "Brave.",
    }


@pytest.mark.parametrize("bad", BAD)
@pytest.mark.parametrize(("name", "field"), ASKED)
def test_a_bad_question_is_answered(name, field, bad, desk, campaign):
    assert desk.get(reverse(f"desk:{name}"), {field: BAD[bad]}).status_code in {200, 303}


@pytest.mark.parametrize("bad", BAD)
@pytest.mark.parametrize(("name", "field"), SENT)
def test_bad_words_are_refused(name, field, bad, desk, filling):
    response = desk.post(reverse(f"desk:{name}"), filling | {field: BAD[bad]})
    assert response.status_code in {303, 404, 422}
    assert not Award.objects.exists()


@pytest.mark.parametrize("bad", BAD)
@pytest.mark.parametrize(("name", "field"), SENT_TO_ONE)
def test_bad_words_about_one_submission_are_refused(name, field, bad, desk, administrator, assigned, filling):
    factories.AssignmentFactory(submission=assigned, reviewer=administrator)
    url = reverse(f"desk:{name}", args=[assigned.reference])
    assert desk.post(url, filling | {field: BAD[bad]}).status_code in {303, 404, 422}


@pytest.mark.parametrize("name", ["submission", "review", "programme_texts"])
@pytest.mark.parametrize("reference", ["a%00b", "KL-0000-0001", HUGE])
def test_what_can_be_no_reference_is_not_found(name, reference, desk, campaign):
    url = reverse(f"desk:{name}", args=["REFERENCE"]).replace("REFERENCE", reference)
    assert desk.get(url).status_code == 404
