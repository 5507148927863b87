"""What coordinators enter from paper and import from tables, at the desk."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from home.models import Mail
from pledges.models import Consent, Status, Submission
from review import tables_kept
from review.import_form import TableForm
from tests.factories import ThemeFactory
from tests.pledges.form import filled

pytestmark = pytest.mark.django_db
TABLE = "Otsikko,summary,description\nEka,Lyhyesti,Pitkästi\nToka,Lyhyesti,Pitkästi\n"
SAME = {
    "value_kind": "Pledge",
    "value_theme": "everyday",
    "value_organisation_name": "Naapurit ry",
    "value_organisation_kind": "association",
    "value_contact_name": "Maija Meikäläinen",
}
COLUMNS = {"column_title": "Otsikko", "column_summary": "summary", "column_description": "description"}


@pytest.fixture
def theme(campaign):
    return ThemeFactory(campaign=campaign, slug="everyday")


@pytest.fixture
def desk(signed_in, coordinator):
    return signed_in(coordinator)


def upload(desk, content: str | bytes):
    data = content.encode() if isinstance(content, str) else content
    return desk.post(reverse("desk:import"), {"file": SimpleUploadedFile("table.csv", data)})


def word_of(page) -> str:
    return re.search(r'name="kept" value="([^"]+)"', page.content.decode())[1]


def paper(theme, **more) -> dict:
    received = (theme.campaign.deadline - timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    return filled(theme, received_at=received, authorised="", **more)


def test_what_came_on_paper_waits_for_screening_since_it_came(desk, theme, coordinator):
    answer = desk.post(reverse("desk:enter"), paper(theme, contact_email="", writes="on"))
    entered = Submission.objects.get()
    assert answer.headers["Location"] == reverse("desk:submission", args=[entered.reference])
    assert (entered.source, entered.entered_by, entered.status) == ("paper", coordinator, Status.SUBMITTED)
    assert entered.submitted_at < entered.confirmed_at
    assert not Mail.objects.exists()


def test_the_receipt_is_mailed_only_when_asked_for(desk, theme):
    desk.post(reverse("desk:enter"), paper(theme))
    assert not Mail.objects.exists()
    desk.post(reverse("desk:enter"), paper(theme, writes="on"))
    assert Mail.objects.get().letter == "received"


def test_a_button_pressed_twice_enters_one_paper_and_other_words_another(desk, theme):
    page = desk.get(reverse("desk:enter")).content.decode()
    typed = paper(theme) | {"form_key": re.search(r'name="form_key" value="([^"]+)"', page)[1]}
    answers = [desk.post(reverse("desk:enter"), typed) for _press in range(2)]
    entered = Submission.objects.get()
    assert {answer["Location"] for answer in answers} == {
        reverse("desk:submission", args=[entered.reference])
    }
    desk.post(reverse("desk:enter"), typed | {"title": "The next paper"})
    assert Submission.objects.count() == 2


@pytest.mark.parametrize(("written_in", "written_to_in"), [("sv", "sv"), ("se", "fi")])
def test_letters_and_consents_are_in_the_language_of_the_paper(
    desk, theme, coordinator, written_in, written_to_in
):
    coordinator.language = "fi"
    coordinator.save()
    typed = paper(theme, language=written_in, consent_text="on")
    desk.post(reverse("desk:enter"), typed)
    assert Submission.objects.get().mail_language == written_to_in
    assert set(Consent.objects.values_list("language", flat=True)) == {written_to_in}


def test_what_came_too_late_is_entered_only_where_that_is_said(desk, theme, campaign):
    late = campaign.deadline + timedelta(hours=1)
    typed = filled(
        theme, received_at=late.astimezone(campaign.zone).strftime("%Y-%m-%dT%H:%M"), authorised=""
    )
    answer = desk.post(reverse("desk:enter"), typed)
    assert answer.status_code == 422
    assert "Tick this box to enter it all the same." in answer.content.decode()
    assert not Submission.objects.exists()
    desk.post(reverse("desk:enter"), typed | {"is_late": "on"})
    assert Submission.objects.get().submitted_at > campaign.deadline


def test_nobody_is_said_to_have_confirmed_an_address_nor_offered_a_link_without_one(desk, theme):
    page = desk.post(reverse("desk:enter"), paper(theme, contact_email=""), follow=True).content.decode()
    assert "E-mail address confirmed" not in page
    assert reverse("desk:renew_links", args=[Submission.objects.get().reference]) not in page


@pytest.mark.parametrize(
    ("changes", "sentence"), [({"title": ""}, "Write a title."), ({"received_at": ""}, "when it came")]
)
def test_what_is_wrong_is_told_and_nothing_typed_is_lost(desk, theme, changes, sentence):
    answer = desk.post(reverse("desk:enter"), paper(theme) | changes)
    assert sentence in answer.content.decode()
    assert "We open our hall every Tuesday." in answer.content.decode()
    assert not Submission.objects.exists()


def test_a_table_is_mapped_checked_and_imported_whole(desk, theme):
    page = upload(desk, TABLE)
    kept = {"kept": word_of(page)}
    checked = desk.post(reverse("desk:import"), kept | COLUMNS | {"check": "1"})
    assert "Choose a column for it, or one value for all rows." in checked.content.decode()
    checked = desk.post(reverse("desk:import"), kept | COLUMNS | SAME | {"check": "1"})
    assert "Everything is in order" in checked.content.decode()
    assert not Submission.objects.exists()
    done = desk.post(reverse("desk:import"), kept | COLUMNS | SAME | {"import": "1"}, follow=True)
    assert "2 submissions are imported" in done.content.decode()
    assert Submission.objects.to_screen().count() == 2
    again = desk.post(reverse("desk:import"), kept | COLUMNS | SAME | {"import": "1"})
    assert "It was imported before" in again.content.decode()
    assert Submission.objects.count() == 2


@pytest.mark.parametrize("content", [b"", b"\x00\x01", b"PK\x03\x04x", b"a,a\n1,1"])
def test_what_is_no_table_is_refused_at_the_field(desk, campaign, content):
    assert upload(desk, content).status_code == 422


def test_very_many_rows_are_left_to_the_command(desk, campaign, monkeypatch):
    monkeypatch.setattr(TableForm, "MOST_ROWS", 1)
    assert "at most 1 rows" in upload(desk, TABLE).content.decode()


def test_a_kept_table_is_its_uploaders_only_and_goes_after_a_day(desk, theme, administrator, coordinator, at):
    word = word_of(upload(desk, TABLE))
    assert tables_kept.content(word, user=coordinator) == TABLE.encode()
    assert tables_kept.content(word, user=administrator) is None
    assert tables_kept.content("../../etc/passwd", user=coordinator) is None
    tables_kept.forget_tables(at + timedelta(days=400))
    answer = desk.post(reverse("desk:import"), {"kept": word}, follow=True)
    assert "no longer kept" in answer.content.decode()
