"""Late drafts get more time, and old links an end, from the desk."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from campaign.models import Phase
from home.models import Mail
from pledges import links
from pledges.models import Status, Submission
from tests import factories

SECRET = "A text that was never sent"


@pytest.fixture
def desk(signed_in, coordinator):
    return signed_in(coordinator)


@pytest.fixture
def late(campaign):
    """A draft written after the call had closed."""
    return draft(campaign)


def draft(campaign) -> Submission:
    deadline = campaign.phases.get(kind=Phase.Kind.CALL).closes_at
    return factories.SubmissionFactory(
        campaign=campaign,
        status=Status.DRAFT,
        submitted_at=None,
        created_at=deadline + timedelta(hours=1),
        organisation__name="The late ones",
        contact_name="Leena Late",
        text__title=SECRET,
        text__summary=SECRET,
    )


def url(late) -> str:
    return reverse("desk:give_more_time", args=[late.reference])


def listed(desk) -> str:
    return desk.get(reverse("desk:submissions"), {"tab": "late"}).content.decode()


def test_late_drafts_are_listed_without_their_texts(desk, late):
    page = listed(desk)
    assert late.reference in page
    assert "The late ones" in page
    for hidden in (SECRET, "Leena Late", late.contact_email):
        assert hidden not in page


def test_a_late_draft_gets_time_and_its_sender_a_letter(desk, late, campaign):
    until = (timezone.now() + timedelta(days=3)).astimezone(campaign.zone).replace(second=0, microsecond=0)
    typed = {f"{late.reference}-until": until.strftime("%Y-%m-%dT%H:%M")}
    assert desk.post(url(late), typed).status_code == 303
    assert Submission.objects.get().correction_until == until
    assert Mail.objects.get().letter == "late_link"
    assert "It can be sent until" in listed(desk)


@pytest.mark.parametrize(("late_by", "is_listed"), [(-factories.DAY, False), (factories.DAY, True)])
def test_what_was_returned_and_not_corrected_in_time_gets_more_time_here(desk, late, at, late_by, is_listed):
    Submission.objects.update(status="returned", correction_until=timezone.now() - late_by)
    assert (late.reference in listed(desk)) is is_listed
    until = (timezone.now() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    answer = desk.post(url(late), {f"{late.reference}-until": until})
    assert answer.status_code == (303 if is_listed else 404)
    assert Mail.objects.filter(letter="late_link").exists() is is_listed


@pytest.mark.parametrize("typed", ["2020-01-01T12:00", "soon", ""])
def test_a_moment_that_is_none_is_refused_and_stays_in_the_form(desk, late, typed):
    response = desk.post(url(late), {f"{late.reference}-until": typed})
    assert response.status_code == 422
    assert f'value="{typed}"' in response.content.decode() or not typed
    assert not Mail.objects.exists()


def test_a_conflict_of_interest_hides_a_late_draft(desk, late, coordinator):
    factories.ConflictFactory(submission=late, person=coordinator)
    assert late.reference not in listed(desk)
    assert desk.post(url(late)).status_code == 404


def test_only_late_drafts_get_time(desk, in_review):
    assert desk.post(url(in_review)).status_code == 404


def test_the_list_takes_the_same_queries_for_two_drafts_and_for_twenty(desk, campaign):
    counts = []
    for more in (2, 18):
        for _row in range(more):
            draft(campaign)
        listed(desk)
        with CaptureQueriesContext(connection) as queries:
            listed(desk)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_old_links_end_and_a_new_one_is_mailed(desk, in_review, at):
    old = links.token(in_review, links.OWN)
    page = reverse("desk:submission", args=[in_review.reference])
    renew = reverse("desk:renew_links", args=[in_review.reference])
    assert renew in desk.get(page).content.decode()
    assert desk.post(renew).status_code == 303
    assert links.opened(old, links.OWN, at=at) is None
    assert links.token(Submission.objects.get(), links.OWN) != old
    assert Mail.objects.get().letter == "links"
