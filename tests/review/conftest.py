"""A campaign in review, with two criteria, and what its people see."""

import pytest
from django.utils import translation

from campaign.models import Campaign, Phase
from pledges.models import Status, Submission
from review.models import Criterion
from tests import factories


@pytest.fixture(autouse=True)
def in_english():
    """The rules' sentences are compared in English, whatever language the portal starts in."""
    with translation.override("en"):
        yield


@pytest.fixture
def campaign(db, at) -> Campaign:
    """The current campaign; its review is on at `at`."""
    phases = factories.laid_around(at, on=Phase.Kind.REVIEW)
    return factories.CampaignFactory(is_current=True, phases=phases)


@pytest.fixture
def criteria(campaign) -> list[Criterion]:
    """Effect weighs 60 with at most 5 points, novelty 40 with at most 3."""
    return [
        factories.CriterionFactory(campaign=campaign, name="Effect", weight=60, max_points=5),
        factories.CriterionFactory(campaign=campaign, name="Novelty", weight=40, max_points=3),
    ]


@pytest.fixture
def in_review(campaign) -> Submission:
    return factories.SubmissionFactory(campaign=campaign, status=Status.IN_REVIEW)


@pytest.fixture
def assigned(in_review, reviewer) -> Submission:
    factories.AssignmentFactory(submission=in_review, reviewer=reviewer)
    return in_review
