"""Adding and removing rows where no script runs: the server answers with the same form."""

import re

import pytest
from django.http import QueryDict
from django.utils import timezone

from campaign.models import Theme
from home.models import Mail
from pledges.models import ConsentWording, Purpose, Submission
from pledges.row_buttons import with_rows_changed
from pledges.rows import MOST
from tests.factories import CampaignFactory, ThemeFactory, laid_around

from .form import URL, filled, rows


@pytest.fixture
def theme(db) -> Theme:
    return ThemeFactory(campaign=CampaignFactory(is_current=True, phases=laid_around(timezone.now())))


def sent(**fields: str) -> QueryDict:
    data = QueryDict(mutable=True)
    data.update(fields)
    return data


def whats(answer, group: str) -> list[str]:
    """What stands in the first field of each row of a group."""
    return [row["what"].value() or "" for row in answer.context["groups"].groups[group]]


def test_a_row_more_is_asked_for_and_nothing_is_judged_lost_or_sent(client, theme):
    typed = filled(theme, title="Half a title", summary="", authorised="", contact_email="no address")
    answer = client.post(URL, typed | rows("actions", {"what": "Course"}) | {"add_row": "actions"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert whats(answer, "actions") == ["Course", ""]
    assert 'value="Half a title"' in page
    assert 'value="no address"' in page
    assert 'id="error-summary"' not in page
    assert 'class="error"' not in page
    assert re.search(r'<details class="form-section" id="rows" open', page)
    assert (Submission.objects.count(), Mail.objects.count()) == (0, 0)


def test_a_row_that_is_there_goes_and_those_behind_it_move_up(client, theme):
    given = rows("needs", {"what": "Hall"}, {"what": "Tables"}, {"what": "Chairs", "amount": "20"})
    answer = client.post(URL, filled(theme) | given | {"remove_row": "needs-1"})
    assert whats(answer, "needs") == ["Hall", "Chairs"]
    assert answer.context["groups"].groups["needs"][1]["amount"].value() == "20"
    assert not Submission.objects.exists()


def test_the_buttons_lead_to_the_row_that_comes_and_back_to_where_one_adds(client, theme):
    page = client.post(URL, filled(theme) | rows("offers", {"what": "Tea"}) | {"add_row": "offers"})
    page = page.content.decode()
    assert 'formaction="#id_offers-2-what"' in page
    assert 'value="offers-1" formaction="#add_offers"' in page
    assert 'id="add_offers"' in page


def test_a_full_group_offers_no_more_rows(client, theme):
    given = rows("actions", *[{"what": f"Course {number}"} for number in range(MOST)])
    answer = client.post(URL, filled(theme) | given | {"add_row": "actions"})
    assert len(whats(answer, "actions")) == MOST
    assert "<p hidden data-rows-add>" in answer.content.decode()


def test_the_form_keeps_its_key(client, theme):
    answer = client.post(URL, filled(theme, form_key="mine") | {"add_row": "actions"})
    assert 'name="form_key" value="mine"' in answer.content.decode()


def test_words_that_came_meanwhile_are_not_agreed_to_by_adding_a_row(client, theme):
    old = ConsentWording.objects.filter(purpose=Purpose.TEXT).latest("number")
    new = ConsentWording.objects.create(
        purpose=Purpose.TEXT, number=old.number + 1, text_fi="Uusi", text_sv="Ny", text_en="New words"
    )
    answer = client.post(
        URL, filled(theme, consent_text="on", wording_text=str(old.pk)) | {"add_row": "actions"}
    )
    assert answer.context["form"].wordings[Purpose.TEXT] == new
    assert list(answer.context["form"].errors) == ["consent_text"]
    assert not answer.context["form"]["consent_text"].value()


@pytest.mark.parametrize(
    "pressed",
    [
        {"add_row": "consents"},
        {"add_row": ""},
        {"remove_row": "actions-7"},
        {"remove_row": "actions"},
        {"remove_row": "nonsense-0"},
        {"remove_row": "actions-٣"},
    ],
)
def test_a_button_that_we_never_made_changes_nothing(pressed):
    data = sent(**rows("actions", {"what": "Course"}), **pressed)
    assert with_rows_changed(data) == data


@pytest.mark.parametrize("total", ["", "x", "-1", "999", "٣"])
def test_a_count_that_is_none_begins_at_nothing(total):
    data = with_rows_changed(sent(add_row="actions", **{"actions-TOTAL_FORMS": total}))
    assert (data["actions-TOTAL_FORMS"], data["actions-INITIAL_FORMS"]) == ("1", "0")
