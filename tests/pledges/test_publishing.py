"""The gate: status × timing × consents, and what the copy carries of each."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaign.facets import counts
from campaign.models import Campaign, FacetCount, PublicItem, StreamItem
from pledges import actors, consent, publishing, surfaces
from pledges.lifecycle import perform
from pledges.models import Participation, Purpose, Status, Submission
from pledges.revisions import pass_version
from tests.factories import (
    CampaignFactory,
    OrganisationFactory,
    ParticipationFactory,
    SubmissionFactory,
    UserFactory,
    VersionFactory,
    laid_around,
)

ALL = list(Purpose)
SHOWN = {"in_review", "selected", "reserve", "declined"}
TIMING = {
    ("at_once", "call"): SHOWN,
    ("at_once", "review"): SHOWN,
    ("after_call", "call"): set(),
    ("after_call", "review"): SHOWN,
    ("after_decisions", "call"): SHOWN - {"in_review"},
    ("after_decisions", "review"): SHOWN - {"in_review"},
}


@pytest.mark.django_db
@pytest.mark.parametrize(("timing", "phase"), TIMING)
@pytest.mark.parametrize("status", Status.values)
def test_status_and_timing_decide(status, timing, phase, at):
    campaign = CampaignFactory(publishing=timing, phases=laid_around(at, on=phase))
    submission = SubmissionFactory(campaign=campaign, status=status, consents=[Purpose.TEXT])
    shown = publishing.refresh(submission, at=at) is not None
    assert shown is PublicItem.objects.exists() is (status in TIMING[timing, phase])


CONSENTS = {
    (): None,
    ("organisation", "social", "contact", "reuse"): None,
    ("text",): {"organisations": 0, "shareable": False, "contactable": False, "reusable": False},
    ("text", "organisation"): {
        "organisations": 1,
        "shareable": False,
        "contactable": False,
        "reusable": False,
    },
    ("text", "social"): {"organisations": 0, "shareable": True, "contactable": False, "reusable": False},
    ("text", "contact"): {"organisations": 0, "shareable": False, "contactable": True, "reusable": False},
    ("text", "reuse"): {"organisations": 0, "shareable": False, "contactable": False, "reusable": True},
}


@pytest.mark.parametrize("given", CONSENTS)
def test_each_consent_opens_its_own_surface_and_nothing_without_the_text(given, campaign, at):
    submission = SubmissionFactory(campaign=campaign, status=Status.IN_REVIEW, consents=given)
    item = publishing.refresh(submission, at=at)
    opened = item and {
        "organisations": len(item.organisations),
        "shareable": item.shareable,
        "contactable": item.contactable,
        "reusable": item.reusable,
    }
    assert opened == CONSENTS[given]
    assert StreamItem.objects.exists() is bool(item and item.shareable)


def test_what_was_screened_stays_public_until_a_coordinator_passes_the_newer_text(campaign, at):
    by = actors.coordinator(UserFactory())
    submission = SubmissionFactory(
        campaign=campaign, status=Status.IN_REVIEW, consents=ALL, text__title="Screened"
    )
    newer = VersionFactory(submission=submission, number=2, title="Newer")
    Submission.objects.filter(pk=submission.pk).update(latest=newer)
    assert publishing.refresh(submission, at=at).title == "Screened"
    pass_version(submission, newer, by=by, at=at)
    assert PublicItem.objects.get().title == "Newer"


def test_refreshing_twice_changes_nothing(campaign, at):
    submission = SubmissionFactory(campaign=campaign, status=Status.IN_REVIEW, consents=ALL)
    submission.screened.tags.add("kieli")
    publishing.refresh(submission, at=at)
    tables = (PublicItem, FacetCount, StreamItem)
    before = [list(table.objects.order_by("pk").values()) for table in tables]
    publishing.refresh(submission, at=at + timedelta(days=1))
    assert [list(table.objects.order_by("pk").values()) for table in tables] == before


def test_only_confirmed_partners_that_agree_are_named_and_the_lead_comes_first(campaign, at):
    submission = SubmissionFactory(
        campaign=campaign, status=Status.IN_REVIEW, consents=ALL, organisation__name="Lead"
    )
    for name, state, agrees in [
        ("Yes", "confirmed", True),
        ("Silent", "confirmed", False),
        ("No", "declined", True),
    ]:
        part = ParticipationFactory(
            submission=submission,
            organisation=OrganisationFactory(name=name),
            role=Participation.Role.PARTNER,
            state=state,
        )
        consent.record(part, [Purpose.ORGANISATION] if agrees else [], language="en", at=at)
    item = publishing.refresh(submission, at=at)
    assert [(each["name"], each["role"]) for each in item.organisations] == [
        ("Lead", "lead"),
        ("Yes", "partner"),
    ]


def test_counters_follow_and_leave_nothing_behind(campaign, at):
    submission = SubmissionFactory(campaign=campaign, consents=ALL)
    submission.latest.tags.add("Kieli")
    by = actors.coordinator(UserFactory())
    passed = perform(submission, "pass", by=by, at=at)
    assert counts(campaign)["total"] == {"": 1}
    assert FacetCount.objects.get(facet="tag").value == "kieli"
    perform(passed, "withdraw", by=actors.OWNER, at=at)
    assert not FacetCount.objects.exists()


def test_private_fields_have_no_way_into_the_copy():
    private = {field.name for field in Submission._meta.fields} - {
        "campaign",
        "reference",
        "kind",
        "id",
    }
    assert not private & {field.name for field in PublicItem._meta.fields}
    assert Campaign.Publishing.values == [timing for timing, phase in TIMING if phase == "call"]


def test_the_table_of_surfaces_rules(campaign, at, monkeypatch):
    """What a purpose no longer opens is closed in the copy too."""
    submission = SubmissionFactory(campaign=campaign, status=Status.IN_REVIEW, consents=ALL)
    monkeypatch.setattr(
        surfaces, "SURFACES", dict.fromkeys(Purpose, frozenset()) | {Purpose.TEXT: frozenset({"site"})}
    )
    item = publishing.refresh(submission, at=at)
    assert (item.organisations, item.shareable, item.contactable, item.reusable) == ([], False, False, False)
    assert not StreamItem.objects.exists()
    monkeypatch.setattr(surfaces, "SURFACES", dict.fromkeys(Purpose, frozenset()))
    assert publishing.refresh(submission, at=at) is None


def test_the_public_version_moves_before_any_counter(campaign, at):
    """One order for all, so that two writers never wait for each other."""
    submission = SubmissionFactory(campaign=campaign, status=Status.IN_REVIEW, consents=ALL)
    for act in (lambda: publishing.refresh(submission, at=at), lambda: _stop_showing(submission, at)):
        with CaptureQueriesContext(connection) as queries:
            act()
        written = [
            each["sql"] for each in queries if each["sql"].split()[0] in {"UPDATE", "INSERT", "DELETE"}
        ]
        first = {
            table: next(n for n, sql in enumerate(written) if table in sql)
            for table in ("home_publicversion", "campaign_facetcount")
        }
        assert first["home_publicversion"] < first["campaign_facetcount"]


def _stop_showing(submission: Submission, at) -> None:
    Submission.objects.filter(pk=submission.pk).update(status=Status.WITHDRAWN)
    publishing.refresh(submission, at=at)
