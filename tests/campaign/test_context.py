"""What pages say of the call: true while it is open, gone when it is over."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from campaign.models import Campaign, Phase
from campaign.moments import in_words
from home.models import InfoPage
from tests.factories import CampaignFactory, laid_around

LINK = '<a href="/en/submit/">Give a pledge</a>'


@pytest.fixture
def campaign(db) -> Campaign:
    return CampaignFactory(is_current=True, phases=laid_around(timezone.now()))


@pytest.fixture
def how_to(pages) -> InfoPage:
    """An information page among the main ones."""
    page = pages["faq"]["en"]
    page.show_in_menus = True
    page.save()
    return page


def close(campaign: Campaign) -> None:
    campaign.phases.filter(kind=Phase.Kind.CALL).update(closes_at=timezone.now() - timedelta(seconds=1))
    cache.clear()


def test_the_footer_offers_the_form_while_the_call_is_open(client, campaign, pages):
    assert LINK in client.get("/en/news/").content.decode()
    close(campaign)
    assert LINK not in client.get("/en/news/").content.decode()


def test_the_menu_offers_the_form_first_while_the_call_is_open(client, campaign, pages):
    def menu() -> str:
        return client.get("/en/news/").content.decode().split('class="nav-links">')[1].split("</ul>")[0]

    assert menu().strip().startswith(f"<li>{LINK}</li>")
    close(campaign)
    assert LINK not in menu()


def test_on_an_earlier_campaign_s_pages_the_footer_speaks_of_the_current_call(client, campaign, pages):
    CampaignFactory(slug="earlier", phases=laid_around(timezone.now(), on="follow_up"))
    assert LINK in client.get("/en/c/earlier/").content.decode()
    close(campaign)
    assert LINK not in client.get("/en/c/earlier/").content.decode()


def test_without_a_campaign_the_footer_offers_no_form(client, db):
    assert "Give a pledge" not in client.get("/en/mine/").content.decode()


def test_how_to_take_part_says_the_deadline_with_its_hour_and_zone_until_it_has_passed(
    client, campaign, how_to
):
    deadline = in_words(campaign.deadline, campaign)
    page = client.get("/en/faq/").content.decode()
    assert f"{deadline}</time></strong> Finnish time." in page
    close(campaign)
    page = client.get("/en/faq/").content.decode()
    assert deadline not in page
    assert "Open until" not in page


def test_other_small_pages_do_not_repeat_the_deadline(client, campaign, pages):
    assert "Open until" not in client.get("/en/faq/").content.decode()


def test_the_form_begins_with_the_deadline(client, campaign):
    page = client.get("/en/submit/").content.decode()
    assert f"<strong>{in_words(campaign.deadline, campaign)}</strong> (Finnish time)" in page
