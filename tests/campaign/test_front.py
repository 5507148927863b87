"""The front page changes with the campaign's stage, to the second."""

from datetime import timedelta

import pytest
from django.test import RequestFactory
from django.utils import timezone
from django.utils.translation import override

from campaign.front import front
from campaign.models import Phase
from campaign.moments import in_words
from campaign.programme import compile_programme, release_programme
from tests.factories import AT, DAY, CampaignFactory, PublicItemFactory, ThemeFactory, laid_around
from tests.markup import problems

SECOND = timedelta(seconds=1)


@pytest.fixture
def phases(campaign) -> dict[str, Phase]:
    return {phase.kind: phase for phase in campaign.phases.all()}


def shown(campaign, at) -> dict:
    request = RequestFactory().get("/en/")
    with override("en"):
        return front(request, campaign, at=at) | {"request": request}


def labels(page: dict) -> list[str]:
    return [str(act["label"]) for act in page["acts"]]


@pytest.mark.parametrize(
    ("phase", "edge", "before", "after"),
    [
        ("call", "opens_at", "before", "call"),
        ("call", "closes_at", "call", "review"),
        ("review", "closes_at", "review", "results"),
        ("results", "closes_at", "results", "follow_up"),
    ],
)
def test_the_stage_changes_to_the_second(campaign, phases, phase, edge, before, after):
    moment = getattr(phases[phase], edge)
    assert shown(campaign, moment - SECOND)["stage"] == before
    assert shown(campaign, moment)["stage"] == after


def test_between_the_call_and_the_review_the_call_counts_as_closed(campaign, phases):
    Phase.objects.filter(kind="review").update(opens_at=phases["review"].opens_at + timedelta(days=5))
    assert shown(campaign, phases["call"].closes_at)["stage"] == "review"


def test_reviewers_are_said_to_read_only_while_they_do(campaign, phases):
    review = Phase.objects.filter(kind="review")
    review.update(opens_at=phases["review"].opens_at + timedelta(days=5))
    results = Phase.objects.filter(kind="results")
    results.update(opens_at=phases["results"].opens_at + timedelta(days=5))
    opens_at, closes_at = review.get().opens_at, review.get().closes_at
    said = {at: shown(campaign, at)["says"] for at in (opens_at - SECOND, opens_at, closes_at)}
    assert said == {
        opens_at
        - SECOND: f"The call has closed. The review begins on {in_words(opens_at, campaign)} Finnish time.",
        opens_at: "The call has closed. Reviewers now read every pledge and every initiative.",
        closes_at: "The call has closed. The reviews are done, and the decisions are being made.",
    }


def test_before_the_call_the_page_says_when_it_opens(campaign, phases):
    page = shown(campaign, phases["call"].opens_at - timedelta(days=1))
    assert page["says"] == "The call opens on Sat 14 Nov 2026 at 12.00 Finnish time."
    assert labels(page) == ["Follow the campaign"]


def test_during_the_call_the_page_counts_down_and_asks_for_pledges(campaign, phases):
    page = shown(campaign, AT)
    assert [(closing.label, closing.left) for closing in page["closings"]] == [("", "20 days")]
    assert labels(page) == ["Give a pledge or an initiative", "Read what others pledge"]
    assert page["acts"][0]["url"] == "/en/submit/"


def test_after_the_call_nobody_is_asked_to_send(campaign, phases):
    for kind in ("review", "results", "follow_up"):
        page = shown(campaign, phases[kind].opens_at)
        assert "Give a pledge or an initiative" not in labels(page)
        assert page["says"]


def test_a_released_programme_is_offered_first(campaign, phases):
    PublicItemFactory(campaign=campaign, selected=True)
    compile_programme(campaign, at=AT)
    release_programme(campaign, at=AT)
    assert labels(shown(campaign, phases["results"].opens_at))[0] == "Read the programme"


def test_no_cache_keeps_the_page_beyond_the_next_change(campaign, phases):
    request = shown(campaign, AT)["request"]
    assert request.public_until == phases["call"].closes_at


def test_the_house_shows_the_newest_doors_and_counts_all(campaign):
    PublicItemFactory.create_batch(3, campaign=campaign)
    page = shown(campaign, AT)
    assert (page["house"].total, page["house"].shown, page["phone"].shown) == (3, 3, 3)


def test_a_door_lights_up_in_its_first_hour(campaign):
    PublicItemFactory(campaign=campaign, title="new", published_at=AT - timedelta(minutes=59))
    PublicItemFactory(campaign=campaign, title="old", published_at=AT - timedelta(hours=2))
    assert {door.title: door.new for door in shown(campaign, AT)["house"].lit} == {"new": True, "old": False}


def test_a_campaign_without_phases_has_a_front_page(client, pages):
    CampaignFactory(is_current=True, phases=[])
    assert client.get("/en/").status_code == 200


def test_a_new_site_says_that_it_has_no_front_page_yet(client, db):
    text = client.get("/fi/").content.decode()
    assert "/admin/" in text
    assert problems(text) == []


def test_without_a_campaign_the_front_page_answers(client, pages):
    assert client.get("/en/").status_code == 200


@pytest.mark.parametrize("stage", ["call", "review", "results", "follow_up"])
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_stage_is_a_valid_page_in_every_language(client, pages, stage, language):
    campaign = CampaignFactory(is_current=True, phases=laid_around(timezone.now(), on=stage))
    PublicItemFactory(campaign=campaign, theme=ThemeFactory(campaign=campaign), shareable=True)
    text = client.get(f"/{language}/").content.decode()
    assert "What do you promise?" in text
    assert ("<time" in text.split("</h1>")[1].split("facade")[0]) == (stage == "call")
    assert problems(text) == []


def test_another_campaigns_front_page_has_its_own_address(client, campaign):
    CampaignFactory(slug="earlier", name="The earlier round")
    text = client.get("/en/c/earlier/").content.decode()
    assert "The earlier round" in text
    assert problems(text) == []


def test_the_page_asks_the_same_for_two_items_and_for_twenty(
    client, pages, campaign, theme, django_assert_max_num_queries
):
    client.get("/en/")
    asked = []
    for rows in (2, 18):
        PublicItemFactory.create_batch(rows, campaign=campaign, theme=theme, shareable=True, organisations=[])
        for most in (23, 10):
            with django_assert_max_num_queries(most) as queries:
                client.get("/en/")
            asked.append(len(queries))
    assert asked[:2] == asked[2:]


@pytest.mark.parametrize("address", ["/en/", "/en/pledges/"])
def test_front_page_and_list_lead_to_other_rounds_of_which_something_is_public(
    client, pages, campaign, address
):
    earlier = CampaignFactory(slug="earlier", name="The round before", phases=laid_around(AT - 400 * DAY))
    CampaignFactory(slug="secret", name="Nothing public yet")
    assert "The round before" not in client.get(address).content.decode()
    PublicItemFactory(campaign=earlier, shareable=True)
    text = client.get(address).content.decode()
    assert '<a href="/en/c/earlier/">The round before</a>' in text
    assert "Nothing public yet" not in text
    assert problems(text) == []


def test_on_an_earlier_rounds_pages_the_current_one_is_another_round(client, pages, campaign):
    earlier = CampaignFactory(slug="earlier", name="The round before", phases=laid_around(AT - 400 * DAY))
    for each in (earlier, campaign):
        PublicItemFactory(campaign=each)
    for address in ("/en/c/earlier/", "/en/c/earlier/pledges/"):
        text = client.get(address).content.decode()
        assert f'<a href="/en/">{campaign.name}</a>' in text
        assert '<a href="/en/c/earlier/">' not in text
