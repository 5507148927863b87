"""The form as a browser without scripts meets it."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from campaign.models import Campaign, Municipality, Phase, Region
from home.models import Mail
from pledges.models import Consent, Organisation, Purpose, Status, Submission
from tests.factories import CampaignFactory, ThemeFactory, laid_around

from .form import URL, filled, rows


@pytest.fixture
def campaign(db) -> Campaign:
    return CampaignFactory(is_current=True, phases=laid_around(timezone.now()))


@pytest.fixture
def theme(campaign):
    return ThemeFactory(campaign=campaign)


@pytest.fixture
def closed(db):
    """A theme of a campaign whose call is over."""
    return ThemeFactory(
        campaign=CampaignFactory(is_current=True, phases=laid_around(timezone.now(), on="review"))
    )


def key_in(page: str) -> str:
    return re.search(r'name="form_key" value="([\w-]+)"', page)[1]


def test_the_shortest_form_is_enough(client, theme):
    answer = client.post(URL, filled(theme))
    assert (answer.status_code, answer.url.split("?")[0]) == (302, "/en/submit/sent/")
    submission = Submission.objects.get()
    version = submission.latest
    stored = {
        "status": submission.status,
        "kind": submission.kind,
        "contact": (submission.contact_name, submission.contact_email),
        "language": (submission.mail_language, version.language),
        "text": (version.title, version.summary, version.description, version.theme, version.scope),
        "giver": list(Organisation.objects.values_list("name", "kind")),
        "roles": list(submission.participations.values_list("role", "state")),
        "consents": Consent.objects.count(),
        "mails": list(Mail.objects.values_list("letter", "language", "reference")),
    }
    form = filled(theme)
    assert stored == {
        "status": "submitted",
        "kind": "pledge",
        "contact": (form["contact_name"], form["contact_email"]),
        "language": ("en", "en"),
        "text": (form["title"], form["summary"], form["description"], theme, ""),
        "giver": [(form["organisation_name"], "association")],
        "roles": [("lead", "confirmed")],
        "consents": 0,
        "mails": [("confirm", "en", submission.reference)],
    }
    assert submission.authorised_at == submission.submitted_at == submission.created_at
    assert submission.confirmed_at is None


def test_everything_that_can_be_said_is_stored(client, theme):
    other = ThemeFactory(campaign=theme.campaign)
    tampere = Municipality.objects.get(name="Tampere", valid_to=None)
    answer = client.post(
        "/fi/submit/",
        filled(theme, kind="initiative", novelty="Ei ole ennen tehty.", consent_text="on", consent_reuse="on")
        | {"other_themes": [other.pk], "scope": "municipalities", "municipalities": [tampere.pk]}
        | {"starts_on": "2027-01-01", "ends_on": "31.12.2027", "language": "sv"}
        | {"target_groups": "Nuoret", "participation": "Tule mukaan", "tags": "#Kieli, kahvi"}
        | {"business_id": "0737546-2", "organisation_municipality": "åbo", "website": "naapurit.example"}
        | {"contact_phone": "+358 40 1", "second_name": "Matti", "second_email": "matti@example.org"}
        | rows(
            "actions", {"what": "Kurssi", "unit": "kurssia", "start": "0", "target": "1 200,5"}, {"what": ""}
        )
        | rows("needs", {"what": "Tila", "amount": "1", "where": "Keskusta", "until": "2027-02-01"})
        | rows("offers", {"what": "Kahvia"}),
    )
    assert answer.status_code == 302, answer.context["form"].errors
    submission = Submission.objects.select_related("latest").get()
    version, organisation = submission.latest, Organisation.objects.get()
    assert (submission.kind, version.novelty, version.language) == ("initiative", "Ei ole ennen tehty.", "sv")
    assert list(version.other_themes.all()) == [other]
    assert list(version.regions.values_list("name_fi", flat=True)) == ["Pirkanmaa"]
    assert (version.scope, list(version.municipalities.all())) == ("municipalities", [tampere])
    assert (str(version.starts_on), str(version.ends_on)) == ("2027-01-01", "2027-12-31")
    assert set(version.tags.names()) == {"Kieli", "kahvi"}
    assert list(version.actions.values_list("what", "unit", "start", "target")) == [
        ("Kurssi", "kurssia", 0, 1200.5)
    ]
    assert list(version.exchanges.values_list("direction", "what", "where").order_by("direction")) == [
        ("need", "Tila", "Keskusta"),
        ("offer", "Kahvia", ""),
    ]
    assert (organisation.business_id, organisation.municipality.name_fi) == ("0737546-2", "Turku")
    assert organisation.website == "https://naapurit.example"
    assert (submission.contact_phone, submission.second_email) == ("+358 40 1", "matti@example.org")
    acts = Consent.objects.order_by("purpose").values_list("purpose", "given", "language", "wording__number")
    assert list(acts) == [("reuse", True, "fi", 1), ("text", True, "fi", 1)]


def test_places_that_are_chosen_speak_for_themselves(client, theme):
    uusimaa = Region.objects.get(name_fi="Uusimaa")
    client.post(URL, filled(theme, regions=[uusimaa.pk]))
    assert Submission.objects.get().latest.scope == "regions"


@pytest.mark.parametrize(
    ("scope", "regions"),
    [("country", []), ("elsewhere", []), ("unsaid", []), ("municipalities", ["Pirkanmaa"])],
)
def test_a_list_that_was_left_for_another_scope_does_not_count(client, theme, scope, regions):
    places = {
        "regions": [Region.objects.get(name_fi="Uusimaa").pk],
        "municipalities": [Municipality.objects.get(name="Tampere", valid_to=None).pk],
    }
    client.post(URL, filled(theme, scope=scope, **places))
    version = Submission.objects.get().latest
    assert version.scope == ("" if scope == "unsaid" else scope)
    assert list(version.regions.values_list("name_fi", flat=True)) == regions
    assert version.municipalities.count() == (scope == "municipalities")


def test_what_is_wrong_in_a_row_is_told_with_its_group_and_number(client, theme):
    form = filled(theme) | rows("actions", {"what": "Right"}, {"what": "Wrong", "target": "many"})
    form |= rows("needs", {"what": "", "amount": "Two"}) | rows("offers", *[{"what": "Chairs"}] * 21)
    summary = client.post(URL, form).content.decode().split('id="error-summary"')[1].split("</ul>")[0]
    told = [re.sub(r"<[^>]+>|\s+", " ", line).strip() for line in summary.split("<li>")[1:]]
    assert told[0].startswith("Action 2 – Target:")
    assert told[1].startswith("Need 1 – ")
    assert told[2].startswith("Offers: There are too many rows.")
    assert 'href="#id_actions-1-target"' in summary
    assert len(told) == 3


def test_consents_are_asked_in_the_kept_words_and_never_ticked_beforehand(client, campaign):
    for language, words in {
        "fi": "Tekstin saa julkaista",
        "sv": "Texten får publiceras",
        "en": "The text may be",
    }.items():
        page = client.get(f"/{language}/submit/").content.decode()
        assert words in page
        boxes = re.findall(r'<input type="checkbox" name="consent_\w+"[^>]*>', page)
        assert len(boxes) == len(Purpose)
        assert not [box for box in boxes if "checked" in box]


def test_the_same_form_sent_twice_is_one_submission_and_one_mail(client, theme):
    first, second = client.post(URL, filled(theme)), client.post(URL, filled(theme))
    assert first.status_code == second.status_code == 302
    assert (Submission.objects.count(), Mail.objects.count(), Organisation.objects.count()) == (1, 1, 1)
    assert Submission.objects.get().versions.count() == 1


def test_the_same_form_with_a_changed_text_is_a_new_version_without_a_second_mail(client, theme):
    client.post(URL, filled(theme, consent_text="on"))
    changed = filled(
        theme, title="Better", organisation_name="New name", contact_name="Someone", consent_social="on"
    )
    client.post(URL, changed)
    submission = Submission.objects.get()
    assert list(submission.versions.values_list("number", "title")) == [
        (1, "A language café every Tuesday"),
        (2, "Better"),
    ]
    assert (submission.contact_name, Organisation.objects.get().name) == ("Someone", "New name")
    acts = Consent.objects.values_list("purpose", "given")
    assert set(acts) == {("text", True), ("text", False), ("social", True)}
    assert Mail.objects.count() == 1


def test_the_same_form_with_another_address_writes_there_and_revokes_the_first_links(client, theme):
    client.post(URL, filled(theme))
    before = Submission.objects.get().link_key
    client.post(URL, filled(theme, contact_email="other@example.org"))
    submission = Submission.objects.get()
    assert submission.contact_email == "other@example.org"
    assert submission.link_key != before
    assert Mail.objects.filter(letter="confirm").count() == 2


def test_a_confirmed_submission_is_no_longer_somebody_elses_by_its_form(client, theme):
    client.post(URL, filled(theme))
    Submission.objects.update(confirmed_at=timezone.now())
    answer = client.post(URL, filled(theme, contact_email="thief@example.org"))
    assert "Change it on its own page" in answer.content.decode()
    assert 'value="thief@example.org"' in answer.content.decode()
    assert Submission.objects.get().contact_email == "maija@example.org"


def test_after_the_deadline_it_is_kept_as_a_draft_and_said_so(client, closed):
    empty = client.get(URL).content.decode()
    assert "The call closed on" in empty
    assert "Your text is kept as a draft" not in empty
    assert "to confirm your address" not in empty
    answer = client.post(URL, filled(closed), follow=True)
    assert "Kept as a draft" in answer.content.decode()
    assert "The call closed on" in answer.content.decode()
    assert "Your text is kept as a draft" in answer.content.decode()
    assert Submission.objects.get().status == Status.DRAFT
    assert list(Mail.objects.values_list("letter", flat=True)) == ["draft_kept"]


def test_what_was_sent_in_time_stays_as_it_was_when_the_form_comes_again_too_late(client, theme):
    client.post(URL, filled(theme))
    Phase.objects.filter(kind="call").update(closes_at=timezone.now() - timedelta(seconds=1))
    assert client.post(URL, filled(theme)).status_code == 302
    late = client.post(URL, filled(theme, title="Too late"))
    assert "The call has closed, so the text can no longer be changed." in late.content.decode()
    assert 'value="Too late"' in late.content.decode()
    submission = Submission.objects.get()
    assert (submission.status, submission.versions.count()) == (Status.SUBMITTED, 1)


def test_a_draft_sent_again_when_the_call_is_open_takes_part(client, closed):
    client.post(URL, filled(closed))
    Phase.objects.all().delete()
    now = timezone.now()
    dates = {"opens_at": now - timedelta(1), "closes_at": now + timedelta(1)}
    Phase.objects.create(campaign=closed.campaign, kind="call", **dates)
    client.post(URL, filled(closed))
    assert Submission.objects.get().status == Status.SUBMITTED
    assert list(Mail.objects.order_by("pk").values_list("letter", flat=True)) == ["draft_kept", "confirm"]


def test_a_robot_in_the_trap_gets_a_receipt_and_no_mail(client, theme):
    answer = client.post(URL, filled(theme, homepage_url="https://buy.example"), follow=True)
    assert answer.status_code == 200
    assert "One step left" in answer.content.decode()
    assert list(Submission.objects.values_list("status", "suspicion")) == [("spam", "trap")]
    assert not Mail.objects.exists()


def test_the_form_needs_no_cookie_and_sets_none(client, theme):
    answer = client.get(URL)
    assert not answer.cookies
    assert "csrfmiddlewaretoken" not in answer.content.decode()
    careful = Client(enforce_csrf_checks=True)
    assert careful.post(URL, filled(theme, csrfmiddlewaretoken="stale")).status_code == 302


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
    ],
)
def test_a_post_from_another_site_stores_nothing_and_loses_nothing(client, theme, headers):
    answer = client.post(URL, filled(theme, title="My long text"), headers=headers)
    assert answer.status_code == 403
    assert 'value="My long text"' in answer.content.decode()
    assert not Submission.objects.exists()


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "same-origin"}, {"Origin": "null"}, {"Origin": "http://testserver"}, {}]
)
def test_a_post_from_here_passes(client, theme, headers):
    assert client.post(URL, filled(theme), headers=headers).status_code == 302


def test_each_rendered_form_has_a_key_of_its_own_and_keeps_it_through_errors(client, theme):
    first, second = (key_in(client.get(URL).content.decode()) for _ in range(2))
    assert first != second
    assert key_in(client.post(URL, filled(theme, form_key=first, title="")).content.decode()) == first


def test_sending_takes_few_queries_however_many_submissions_there_are(client, theme):
    counts = set()
    for number in range(3):
        form = filled(
            theme, form_key=f"key-{number}", consent_text="on", tags="#a #b", **rows("needs", {"what": "x"})
        )
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.post(URL, form)
        counts.add(len(queries))
    assert max(counts) <= 40
    assert sorted(counts)[0] <= 24


def test_the_shortest_form_takes_twenty_queries(client, theme, django_assert_num_queries):
    client.post(URL, filled(theme, form_key="first"))
    with django_assert_num_queries(20):
        client.post(URL, filled(theme))


def test_without_a_campaign_there_is_no_form(client, db):
    assert client.get(URL).status_code == 404


def test_the_kind_may_be_chosen_by_the_link(client, campaign):
    assert re.search(r'value="initiative"[^>]*checked', client.get(f"{URL}?kind=initiative").content.decode())
    assert client.get(f"{URL}?kind=nonsense").status_code == 200
