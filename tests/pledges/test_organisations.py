"""The same organisation is known once."""

from threading import Thread
from time import sleep

import pytest
from django.db import OperationalError, connection, transaction
from wagtail.models import ModelLogEntry

from campaign.models import PublicItem
from pledges import lifecycle, organisations, publishing
from pledges.lifecycle import Refused
from pledges.models import Organisation, Participation, Purpose, Status
from tests.factories import (
    OrganisationFactory,
    ParticipationFactory,
    PartnerFactory,
    SubmissionFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
CITY = {
    "name": "Turun kaupunki",
    "kind": "municipality",
    "business_id": "0204819-8",
    "municipality_id": None,
    "website": "",
}


@pytest.fixture
def public(campaign, at):
    """A published submission whose giver is named."""
    submission = SubmissionFactory(
        campaign=campaign, status=Status.IN_REVIEW, consents=[Purpose.TEXT, Purpose.ORGANISATION]
    )
    publishing.refresh(submission, at=at)
    return submission


def lead_of(submission) -> Participation:
    return submission.participations.select_related("organisation").get(role=Participation.Role.LEAD)


def names(submission) -> list[str]:
    return [each["name"] for each in PublicItem.objects.get(reference=submission.reference).organisations]


def test_the_same_words_mean_the_organisation_that_is_known():
    city = organisations.known_or_new(CITY)
    assert organisations.known_or_new(CITY | {"name": "TURUN KAUPUNKI"}) == city
    assert Organisation.objects.count() == 1


@pytest.mark.parametrize(
    "other",
    [
        {"name": "Jonkin kaupunki"},
        {"kind": "company"},
        {"website": "https://turku.example"},
        {"business_id": ""},
    ],
)
def test_words_that_differ_make_a_row_of_their_own_and_change_nothing(other):
    city = organisations.known_or_new(CITY)
    assert organisations.known_or_new(CITY | other) != city
    city.refresh_from_db()
    assert (city.name, city.kind, city.website) == (CITY["name"], CITY["kind"], "")


def test_what_is_corrected_in_one_submission_stays_as_it_was_in_another(campaign, at):
    city = OrganisationFactory(**CITY)
    one, other = (SubmissionFactory(campaign=campaign, organisation=city) for _ in range(2))
    assert organisations.correct(lead_of(one), CITY | {"name": "Turku"}, at=at)
    assert lead_of(one).organisation.name == "Turku"
    assert lead_of(other).organisation.name == CITY["name"]


def test_an_organisation_of_one_submission_is_corrected_itself(campaign, at):
    part = lead_of(SubmissionFactory(campaign=campaign))
    assert organisations.correct(part, {"name": "Another name"}, at=at)
    assert not organisations.correct(part, {"name": "Another name"}, at=at)
    assert Organisation.objects.get().name == "Another name"


def test_doubles_are_found_by_business_id_and_by_name_but_not_across_business_ids():
    same_id = [OrganisationFactory(**CITY), OrganisationFactory(**CITY | {"name": "Turku"})]
    same_name = [OrganisationFactory(name=name, business_id="") for name in ("Naapurit", "naapurit")]
    OrganisationFactory(name="Alone", business_id="")
    for business_id in ("0211675-2", "0313471-7"):
        OrganisationFactory(name="Two of one name", business_id=business_id)
    assert organisations.doubles(most=10) == [same_id, same_name]


def test_merging_shows_the_kept_name_everywhere_and_can_be_taken_back(public, coordinator, at):
    part = lead_of(public)
    double, kept = part.organisation, OrganisationFactory(name="Kept name")
    organisations.merge(kept, [double], by=coordinator, at=at)
    assert names(public) == ["Kept name"]
    assert ModelLogEntry.objects.get(action=organisations.MERGE).user == coordinator
    double.refresh_from_db()
    assert double.merged_into == kept
    organisations.part_again(double, by=coordinator, at=at)
    assert names(public) == [double.name]
    with pytest.raises(Refused, match="stands for itself"):
        organisations.part_again(double, by=coordinator, at=at)


def test_two_that_take_part_in_one_submission_are_not_merged(public, coordinator, at):
    partner = ParticipationFactory(submission=public, role="partner").organisation
    with pytest.raises(Refused, match=public.reference):
        organisations.merge(lead_of(public).organisation, [partner], by=coordinator, at=at)
    assert not Organisation.objects.exclude(merged_into=None).exists()


@pytest.mark.parametrize("state", ["removed", "declined"])
@pytest.mark.parametrize("keeps_the_lead", [True, False])
def test_a_part_that_ended_beside_the_other_stays_with_a_merged_row(
    state, keeps_the_lead, public, coordinator, at
):
    ended = PartnerFactory(submission=public, state=state)
    giver, partner = lead_of(public).organisation, ended.organisation
    kept, double = (giver, partner) if keeps_the_lead else (partner, giver)
    organisations.merge(kept, [double], by=coordinator, at=at)
    assert (names(public), lead_of(public).organisation) == ([kept.name], kept)
    ended.refresh_from_db()
    assert ended.organisation.merged_into == kept
    organisations.part_again(double, by=coordinator, at=at)
    assert lead_of(public).organisation == giver


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one write at a time")
@pytest.mark.django_db(transaction=True)
def test_merging_and_a_correction_at_the_same_time_wait_for_each_other(at):
    kept, double = OrganisationFactory(name="Turku"), OrganisationFactory(name="Turku")
    submission, by = SubmissionFactory(organisation=double), UserFactory()
    refused = []

    def merge() -> None:
        try:
            organisations.merge(kept, [double], by=by, at=at)
        except OperationalError as deadlock:
            refused.append(deadlock)
        finally:
            connection.close()

    merging = Thread(target=merge)
    with transaction.atomic():
        lifecycle.lock(submission)
        merging.start()
        while merging.is_alive() and not somebody_waits():
            sleep(0.05)
        organisations.correct(lead_of(submission), {"name": "Turun kaupunki"}, at=at)
    merging.join()
    assert refused == []
    assert lead_of(submission).organisation == kept


def somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND pid <> pg_backend_pid())")
        return cursor.fetchone()[0]


def test_one_that_was_merged_step_by_step_gets_its_parts_back(public, coordinator, at):
    first = lead_of(public).organisation
    second, third = OrganisationFactory.create_batch(2)
    organisations.merge(second, [first], by=coordinator, at=at)
    organisations.merge(third, [second], by=coordinator, at=at)
    assert names(public) == [third.name]
    organisations.part_again(first, by=coordinator, at=at)
    assert names(public) == [first.name]
    organisations.part_again(second, by=coordinator, at=at)
    assert names(public) == [first.name]


def test_a_partner_that_says_who_it_is_takes_part_as_the_organisation_that_is_known(campaign, at):
    city = OrganisationFactory(**CITY)
    part = PartnerFactory(submission=SubmissionFactory(campaign=campaign), organisation__name="The city")
    typed = part.organisation
    assert organisations.correct(part, CITY, at=at)
    part.refresh_from_db()
    assert part.organisation == city
    assert not Organisation.objects.filter(pk=typed.pk).exists()


def test_one_that_takes_part_already_is_not_taken_for_the_known_one_twice(campaign, at):
    city = OrganisationFactory(**CITY)
    part = PartnerFactory(submission=SubmissionFactory(campaign=campaign, organisation=city))
    organisations.correct(part, CITY, at=at)
    part.refresh_from_db()
    assert part.organisation != city


def test_one_alone_and_one_that_is_merged_already_are_refused(coordinator, at):
    one, two, three = OrganisationFactory.create_batch(3)
    with pytest.raises(Refused):
        organisations.merge(one, [one], by=coordinator, at=at)
    organisations.merge(one, [two], by=coordinator, at=at)
    with pytest.raises(Refused):
        organisations.merge(three, [two], by=coordinator, at=at)


def test_a_merged_one_is_not_found_again(coordinator, at):
    city, double = OrganisationFactory(**CITY), OrganisationFactory(**CITY)
    organisations.merge(double, [city], by=coordinator, at=at)
    assert organisations.known(CITY) == double


def test_a_form_is_offered_what_is_named_in_public_and_nothing_else(client, public, at):
    organisation = lead_of(public).organisation
    Organisation.objects.filter(pk=organisation.pk).update(
        business_id="0211675-2", website="https://a.example"
    )
    known = client.get("/en/organisations/", {"business_id": "FI02116752"}).json()
    assert known["fields"]["organisation_name"] == organisation.name
    assert organisation.name in known["offer"]
    lead_of(public).consents.filter(purpose=Purpose.ORGANISATION).update(given=False)
    assert client.get("/en/organisations/", {"business_id": "0211675-2"}).json() == {}


@pytest.mark.parametrize("typed", ["", "x" * 500, "0211675-3", "\0", "131052-308T"])
def test_a_form_is_offered_nothing_for_what_is_no_business_id(client, typed):
    assert client.get("/en/organisations/", {"business_id": typed}).json() == {}
