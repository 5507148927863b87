"""What observers and jurors meet at the desk, and what a mandate leaves of it."""

import re

import pytest
from django.urls import reverse
from wagtail.log_actions import log

from pledges.models import Status
from tests import factories

OBSERVED = (
    "home",
    "submissions",
    "organisations",
    "consents",
    "ranking",
    "decisions",
    "release_decisions",
    "awards",
)


def posted(html: str) -> set[str]:
    """Where the forms of a page post to, without those of one's own account."""
    own = {reverse("desk:choose_language"), reverse("account_logout")}
    forms = re.findall(r'<form[^>]*method="post"[^>]*>', html)
    return {found[1] if (found := re.search(r'action="([^"]*)"', form)) else "" for form in forms} - own


@pytest.mark.parametrize("name", OBSERVED)
def test_an_observer_reads_without_a_form_that_would_be_refused(name, signed_in, observer, in_review, at):
    factories.SubmissionFactory(campaign=in_review.campaign, status=Status.SUBMITTED)
    factories.DecisionFactory(submission=in_review)
    factories.OrganisationFactory.create_batch(2, name="The same")
    page = signed_in(observer).get(reverse(f"desk:{name}"))
    assert page.status_code == 200
    assert posted(page.content.decode()) == set()


def test_an_observer_reads_one_submission_without_a_form(signed_in, observer, in_review, reviewer, at):
    factories.AssignmentFactory(submission=in_review, reviewer=reviewer)
    factories.DecisionFactory(submission=in_review)
    factories.AttachmentFactory(submission=in_review, passed_at=None)
    html = signed_in(observer).get(reverse("desk:submission", args=[in_review.reference])).content.decode()
    assert posted(html) == set()
    assert "Reviewer 1" in html


@pytest.mark.parametrize("name", ["submission", "overview", "log"])
def test_an_observer_reads_the_review_without_names_of_reviewers_and_contact_persons(
    name, signed_in, observer, coordinator, in_review, reviewer, at
):
    in_review.contact_name = "Carla Contact"
    in_review.save()
    factories.AssignmentFactory(submission=in_review, reviewer=reviewer)
    factories.ConflictFactory(submission=in_review, person=reviewer)
    log(in_review, "review.assign", user=coordinator, data={"reviewers": [reviewer.pk]}, timestamp=at)
    log(in_review, "review.skip", user=reviewer, timestamp=at)
    url = reverse(f"desk:{name}", args=[in_review.reference] if name == "submission" else [])
    read = signed_in(observer).get(url).content.decode()
    hidden = (str(reviewer), reviewer.email, "Carla Contact", in_review.contact_email)
    assert [word for word in hidden if word in read] == []
    if name != "overview":
        assert str(reviewer) in signed_in(coordinator).get(url).content.decode()


def test_an_observer_is_told_why_nothing_can_be_changed(signed_in, observer, in_review):
    page = signed_in(observer).post(reverse("desk:undo_decision", args=[in_review.reference]))
    assert page.status_code == 403
    assert "Observers read the review and change nothing." in page.content.decode()


def test_an_observer_sees_no_late_drafts(signed_in, observer, campaign):
    html = signed_in(observer).get(reverse("desk:submissions") + "?tab=late").content.decode()
    assert "Drafts after the deadline" not in html


def test_observers_and_jurors_come_to_the_desk_and_not_into_the_admin(signed_in, observer, juror, campaign):
    for person in (observer, juror):
        assert signed_in(person).get(reverse("wagtailadmin_home")).status_code != 200
