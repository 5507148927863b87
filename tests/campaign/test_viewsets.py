"""Campaigns in the admin: phases that contradict each other are refused, moments are typed in the campaign's zone."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from campaign.models import Campaign, Phase, Report
from campaign.viewsets import CampaignGroup
from tests.factories import AT, CampaignFactory, PublicItemFactory

PHASES = [
    ("call", "2026-12-01 09:00", "2026-12-07 23:59"),
    ("review", "2026-12-07 23:59", "2027-01-15 16:00"),
]


def filled(phases=PHASES, **changes) -> dict:
    """What the form sends for a new campaign."""
    data = {
        f"{field}_{code}": f"{field} {code}" for field in ("name", "organiser") for code in ("fi", "sv", "en")
    } | {
        "slug": "new",
        "hashtag": "new",
        "reference_prefix": "NW",
        "time_zone": "Europe/Helsinki",
        "publishing": "at_once",
        "expected": "50",
        "themes-TOTAL_FORMS": "0",
        "themes-INITIAL_FORMS": "0",
        "phases-TOTAL_FORMS": str(len(phases)),
        "phases-INITIAL_FORMS": "0",
    }
    for number, (kind, opens_at, closes_at) in enumerate(phases):
        row = {"kind": kind, "opens_at": opens_at, "closes_at": closes_at, "id": ""}
        data |= {f"phases-{number}-{name}": value for name, value in row.items()}
    return data | changes


@pytest.fixture
def admin(signed_in, administrator):
    return signed_in(administrator)


def add(admin, **changes):
    return admin.post(reverse("campaigns:add"), filled(**changes))


def test_a_campaign_is_made_with_its_phases(admin):
    response = add(admin)
    assert response.status_code == 302
    campaign = Campaign.objects.get(slug="new")
    assert (campaign.name_sv, campaign.organiser_en) == ("name sv", "organiser en")
    assert [phase.kind for phase in campaign.phases.all()] == ["call", "review"]


@pytest.mark.parametrize(
    ("zone", "closes_at"),
    [
        ("Europe/Helsinki", datetime(2026, 12, 7, 21, 59, tzinfo=UTC)),
        ("America/New_York", datetime(2026, 12, 8, 4, 59, tzinfo=UTC)),
    ],
)
def test_moments_are_typed_in_the_campaigns_own_zone(admin, zone, closes_at):
    add(admin, time_zone=zone)
    campaign = Campaign.objects.get(slug="new")
    assert campaign.deadline == closes_at
    assert "2026-12-07 23:59" in admin.get(reverse("campaigns:edit", args=[campaign.pk])).content.decode()


@pytest.mark.parametrize(
    "phases",
    [
        [
            ("call", "2026-12-01 09:00", "2026-12-07 23:59"),
            ("review", "2026-12-05 09:00", "2027-01-15 16:00"),
        ],
        [
            ("call", "2026-12-01 09:00", "2026-12-07 23:59"),
            ("results", "2026-11-01 09:00", "2026-11-15 16:00"),
        ],
        [("call", "2026-12-07 09:00", "2026-12-01 09:00")],
        [("call", "2026-12-01 09:00", "2026-12-07 23:59"), ("call", "2027-12-01 09:00", "2027-12-07 23:59")],
    ],
)
def test_phases_may_not_contradict_each_other(admin, phases):
    response = add(admin, phases=phases)
    assert response.status_code == 200
    assert not Campaign.objects.filter(slug="new").exists()


def test_the_contradiction_is_said_in_a_sentence(admin):
    late = ("review", "2026-12-05 09:00", "2027-01-15 16:00")
    text = add(admin, phases=[PHASES[0], late]).content.decode()
    assert "Review may not open before Call has closed." in text


@pytest.mark.parametrize("changes", [{"time_zone": "Mars/Olympus"}, {"hashtag": "#two words"}, {"slug": ""}])
def test_what_cannot_be_is_refused(admin, changes):
    assert add(admin, **changes).status_code == 200
    assert not Phase.objects.exists()


def test_only_one_campaign_is_the_current_one(admin):
    CampaignFactory(is_current=True)
    response = add(admin, is_current="on")
    assert response.status_code == 200
    assert "Another campaign is the current one." in response.content.decode()


def test_every_list_of_the_group_answers_and_exports(admin, campaign):
    PublicItemFactory(campaign=campaign)
    for viewset in CampaignGroup().registerables:
        address = reverse(viewset.get_url_name("index"))
        assert admin.get(address).status_code == 200
        if viewset.list_export:
            assert admin.get(f"{address}?export=csv").status_code == 200


def test_public_copies_are_to_look_at_only(admin, campaign):
    item = PublicItemFactory(campaign=campaign)
    assert admin.get(reverse("public-items:inspect", args=[item.pk])).status_code == 200
    for address in (
        reverse("public-items:add"),
        reverse("public-items:edit", args=[item.pk]),
        reverse("public-items:delete", args=[item.pk]),
    ):
        assert admin.get(address).status_code in {302, 403}


def test_reports_are_marked_handled_but_never_written_by_staff(admin, campaign):
    report = Report.objects.create(
        item=PublicItemFactory(campaign=campaign), message="Wrong.", reported_at=AT
    )
    assert admin.get(reverse("reports:add")).status_code in {302, 403}
    assert admin.get(reverse("reports:delete", args=[report.pk])).status_code in {302, 403}
    admin.post(reverse("reports:edit", args=[report.pk]), {"handled_at": "2026-11-25 10:00"})
    report.refresh_from_db()
    assert report.handled_at


def test_a_reviewer_has_nothing_to_do_here(signed_in, reviewer, campaign):
    assert signed_in(reviewer).get(reverse("campaigns:index")).status_code in {302, 403}


@pytest.mark.parametrize(
    ("own", "sentence"),
    [
        ({"pledges_until": "2026-12-05 12:00"}, ""),
        ({"pledges_until": "2026-12-07 23:59", "partners_until": "2026-12-31 12:00"}, ""),
        (
            {"pledges_until": "2026-12-08 00:00"},
            "Each kind closes while the call is open, or together with it.",
        ),
        ({"initiatives_until": "2026-12-01 09:00"}, "Each kind closes while the call is open"),
        (
            {"pledges_until": "2026-12-05 12:00", "initiatives_until": "2026-12-06 12:00"},
            "Let at least one kind close together with the call.",
        ),
        ({"partners_until": "2026-12-01 09:00"}, "Partners confirm after the call has opened."),
        ({"pledges_until": "2026-10-25 03:30"}, "2026-10-25 03:30"),
    ],
)
def test_own_closing_moments_lie_within_the_call(admin, own, sentence):
    response = add(admin, **own)
    assert (response.status_code == 302) is (not sentence)
    assert sentence in response.content.decode()


@pytest.fixture
def open_call(admin, db) -> Campaign:
    """A campaign whose call is on now, made in the admin."""
    day, now = timedelta(days=1), timezone.localtime(timezone.now(), ZoneInfo("Europe/Helsinki"))
    days = [(now + number * day).strftime("%Y-%m-%d %H:%M") for number in (-2, 2, 9)]
    add(admin, phases=[("call", days[0], days[1]), ("review", days[1], days[2])], pledges_until="")
    return Campaign.objects.get(slug="new")


@pytest.mark.parametrize(
    ("moved", "is_taken"),
    [({}, True), ({"closes_at": -1}, False), ({"closes_at": 1}, False), ({"own": -1}, False)],
)
def test_the_admin_moves_no_closing_of_an_open_call(admin, open_call, moved, is_taken):
    local = [
        {name: getattr(phase, name).astimezone(open_call.zone) for name in ("opens_at", "closes_at")}
        for phase in open_call.phases.all()
    ]
    call, review = local
    call["closes_at"] += timedelta(days=moved.get("closes_at", 0))
    review["opens_at"] = max(call["closes_at"], review["opens_at"])
    rows = [
        (kind, *(row[name].strftime("%Y-%m-%d %H:%M") for name in ("opens_at", "closes_at")))
        for kind, row in (("call", call), ("review", review))
    ]
    data = filled(rows) | {"phases-INITIAL_FORMS": "2"}
    for number, phase in enumerate(open_call.phases.all()):
        data[f"phases-{number}-id"] = str(phase.pk)
    if "own" in moved:
        data["pledges_until"] = (call["closes_at"] - timedelta(days=1)).strftime("%Y-%m-%d %H:%M")
    response = admin.post(reverse("campaigns:edit", args=[open_call.pk]), data)
    assert (response.status_code == 302) is is_taken
    assert is_taken or "The call is open. Extend it at the desk" in response.content.decode()
