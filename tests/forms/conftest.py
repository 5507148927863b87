"""The world in which a form is attacked: a call that is open now, its people, and what they have sent."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from campaign.models import Campaign, Theme
from home.models.user import COORDINATORS, JURORS, REVIEWERS
from pledges.models import Purpose, Status, Submission
from tests.conftest import in_group
from tests.factories import (
    CampaignFactory,
    ConsentWordingFactory,
    SubmissionFactory,
    ThemeFactory,
    laid_around,
)

DAY = timedelta(days=1)


@dataclass
class World:
    campaign: Campaign
    theme: Theme
    at: datetime

    def sent(self, *, status: str = Status.SUBMITTED, **fields) -> Submission:
        return SubmissionFactory(campaign=self.campaign, status=status, at=self.at - DAY, **fields)

    def now_on(self, phase: str) -> None:
        for kind, opens_at, closes_at in laid_around(self.at, on=phase):
            self.campaign.phases.filter(kind=kind).update(opens_at=opens_at, closes_at=closes_at)

    def coordinator(self) -> Client:
        return self._signed_in(COORDINATORS)

    def reviewer(self) -> Client:
        return self._signed_in(REVIEWERS)

    def juror(self) -> Client:
        return self._signed_in(JURORS)

    def typed(self, moment: datetime) -> str:
        return moment.astimezone(self.campaign.zone).strftime("%Y-%m-%dT%H:%M")

    @staticmethod
    def _signed_in(group: str) -> Client:
        client = Client()
        client.user = in_group(group)
        client.force_login(client.user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client


@pytest.fixture
def world(db) -> World:
    at = timezone.now()
    campaign = CampaignFactory(is_current=True, phases=laid_around(at))
    for purpose in Purpose:
        ConsentWordingFactory(purpose=purpose)
    return World(campaign, ThemeFactory(campaign=campaign), at)
