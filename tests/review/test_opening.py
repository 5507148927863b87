"""The first campaign of a portal that is empty."""

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from wagtail.models import Page

from campaign.models import Campaign
from review.opening import BELOW_THE_FRONT
from tests.markup import problems

WORDS = {"name": "Ilmastolupaus", "organiser": "Ympäristöministeriö", "prefix": "IL"}


@pytest.fixture(scope="module")
def laid(django_db_setup, django_db_blocker):
    """The campaign and its pages, once for this file: each test works in a savepoint of the same transaction."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("open_campaign", "ilmasto-2027", **WORDS)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def opened(laid, db) -> Campaign:
    return Campaign.objects.get()


def test_every_page_answers_in_three_languages_before_anybody_has_entered_a_date(opened, client):
    pages = Page.objects.filter(depth__gte=2)
    assert pages.live().count() == 3 * (1 + len(BELOW_THE_FRONT))
    for page in pages.specific():
        answer = client.get(page.get_url())
        assert (page.get_url(), answer.status_code) == (page.get_url(), 200)
        assert problems(answer.content.decode()) == []


@pytest.mark.parametrize("code", ["fi", "sv", "en"])
def test_the_front_page_says_whose_campaign_it_is(opened, client, code):
    text = client.get(f"/{code}/").content.decode()
    assert "Ilmastolupaus" in text
    assert "otolupaus" not in text.replace("Ilmastolupaus", "")


def test_a_second_time_changes_nothing(opened):
    Page.objects.filter(slug="kysymyksia").update(title="Kysyttyä")
    before = list(Page.objects.order_by("pk").values("pk", "title", "latest_revision"))
    call_command("open_campaign", "ilmasto-2027", **(WORDS | {"name": "Another"}))
    assert list(Page.objects.order_by("pk").values("pk", "title", "latest_revision")) == before
    assert [str(campaign) for campaign in Campaign.objects.all()] == ["Ilmastolupaus"]


def test_a_next_campaign_is_made_beside_the_current_one(opened):
    call_command("open_campaign", "ilmasto-2028", **WORDS)
    current = {campaign.slug: campaign.is_current for campaign in Campaign.objects.all()}
    assert current == {"ilmasto-2027": True, "ilmasto-2028": False}


def test_words_that_do_not_fit_are_refused_with_the_reason(opened):
    with pytest.raises(CommandError, match="One to four capitals"):
        call_command("open_campaign", "ilmasto-2029", **(WORDS | {"prefix": "ilmasto"}))
    assert list(Campaign.objects.all()) == [opened]
