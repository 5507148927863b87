"""Merging organisations at the desk."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pledges.models import Organisation
from tests.factories import ConflictFactory, OrganisationFactory, SubmissionFactory

pytestmark = pytest.mark.django_db
PAGE = "/desk/organisations/"


@pytest.fixture
def doubles(campaign) -> list[Organisation]:
    return [OrganisationFactory(name="Naapurit ry", business_id=number) for number in ("", "0737546-2")]


def test_doubles_are_shown_merged_and_taken_apart_again(signed_in, coordinator, doubles):
    desk = signed_in(coordinator)
    assert desk.get(PAGE).content.decode().count("Naapurit ry</bdi>") == 2
    first, second = doubles
    checked = {"organisation": [first.pk, second.pk], "kept": second.pk}
    answer = desk.post(reverse("desk:merge_organisations"), checked, follow=True)
    assert "Naapurit ry stands for all of them now." in answer.content.decode()
    assert Organisation.objects.get(merged_into=second) == first
    answer = desk.post(reverse("desk:part_organisation", args=[first.pk]), follow=True)
    assert "Naapurit ry stands for itself again." in answer.content.decode()
    assert not Organisation.objects.exclude(merged_into=None).exists()


def test_those_of_one_name_are_told_apart_by_what_they_take_part_in(
    signed_in, coordinator, campaign, doubles
):
    sent = SubmissionFactory.create_batch(4, campaign=campaign, organisation=doubles[0])
    hidden = SubmissionFactory(campaign=campaign, organisation=doubles[1])
    ConflictFactory(submission=hidden, person=coordinator)
    page = signed_in(coordinator).get(PAGE).content.decode()
    listed = [reverse("desk:submission", args=[row.reference]) in page for row in [*sent, hidden]]
    assert listed == [False, True, True, True, False]
    assert "+ 1" in page


@pytest.mark.parametrize(
    "asked", [{}, {"organisation": ["x", "-1"], "kept": "9" * 40}, {"organisation": ["\0"]}]
)
def test_nothing_that_makes_sense_is_answered_with_a_sentence(signed_in, coordinator, doubles, asked):
    answer = signed_in(coordinator).post(reverse("desk:merge_organisations"), asked, follow=True)
    assert "Choose which of the checked organisations stands for all." in answer.content.decode()


@pytest.mark.parametrize("asked", ["naapurit", "#", "\0", "%", "x" * 3000])
def test_a_search_is_always_answered(signed_in, coordinator, doubles, asked):
    assert signed_in(coordinator).get(PAGE, {"q": asked}).status_code == 200


def test_the_questions_to_the_database_do_not_grow(signed_in, coordinator, campaign):
    desk = signed_in(coordinator)
    desk.get(PAGE)  # what every page of the desk keeps
    asked = []
    for rows in (2, 18):
        OrganisationFactory.create_batch(rows, name="Same name", business_id="")
        with CaptureQueriesContext(connection) as queries:
            desk.get(PAGE)
        asked.append(len(queries))
    assert asked[0] == asked[1]
