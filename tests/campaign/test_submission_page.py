"""The page of one submission: its addresses, what it shows, and what it does not."""

from datetime import date
from urllib.parse import unquote_plus

import pytest
from django.utils.html import escape

from campaign.models import Municipality, Programme, ProgrammeRelease, PublicAward, Region, ReleasedEntry
from campaign.references import new_reference
from tests.factories import AT, CampaignFactory, PublicItemFactory, ThemeFactory
from tests.markup import problems


@pytest.fixture
def item(campaign):
    theme = ThemeFactory(campaign=campaign, name="Into work", hue="lake")
    return PublicItemFactory(
        campaign=campaign,
        theme=theme,
        language="fi",
        title="Avain joka kerrokseen",
        novelty="Kukaan ei ole tehnyt tätä ennen.",
        participation="Tulkaa mukaan.",
        organisations=[
            {"name": "Naapurit ry", "kind": "association", "role": "lead", "website": "https://example.org/"},
            {"name": "Rahasto", "kind": "other", "role": "funder", "website": ""},
        ],
        actions=[
            {"what": "Naapureita", "unit": "kpl", "start": "0", "target": "100"},
            {"what": "Esite", "unit": "", "start": "", "target": ""},
        ],
        needs=[{"what": "Tila", "amount": "1", "where": "Tampere", "until": "2027-03-01"}],
        offers=[{"what": "Kahvia", "amount": "", "where": "", "until": ""}],
        starts_on=date(2027, 1, 1),
        ends_on=date(2027, 12, 31),
        scope="regions",
        regions=[Region.objects.get(code="06")],
        tags=["koti"],
        shareable=True,
    )


def page(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_it_shows_all_public_fields(client, item):
    text = page(client, item.get_absolute_url())
    for words in (
        "Avain joka kerrokseen",
        "Kukaan ei ole tehnyt",
        "Tulkaa mukaan.",
        "Naapurit ry",
        "(lead)",
        "(funder)",
        "100",
        "Tampere",
        "until",
        "Kahvia",
        "Pirkanmaa",
        "#koti",
        "Into work",
        item.reference,
    ):
        assert words in text
    assert problems(text) == []


def test_the_givers_text_is_marked_with_its_language(client, item):
    text = page(client, item.get_absolute_url())
    assert '<h1 lang="fi" dir="auto">Avain joka kerrokseen</h1>' in text
    assert "Finnish" in text


def test_html_in_a_text_is_shown_and_not_obeyed(client, campaign):
    item = PublicItemFactory(campaign=campaign, title="<b>x</b>", description="<script>alert(1)</script>")
    text = page(client, item.get_absolute_url())
    assert "<script>alert" not in text
    assert "&lt;script&gt;" in text


def typed(reference: str) -> list[str]:
    symbols = reference.replace("-", "")
    return [
        reference.lower(),
        symbols[:2] + "-" + symbols[2:],
        reference.replace("0", "O"),
        f"{reference}/old-title",
    ]


def test_a_reference_as_people_type_it_leads_to_the_address(client, item):
    for form in typed(item.reference):
        response = client.get(f"/en/pledges/{form}/")
        assert (response.status_code, response["Location"]) == (302, item.get_absolute_url())


@pytest.mark.parametrize("reference", ["KL-AAAA-AAAA", "hello", "%00", "KL", "x" * 3_000, "KL-4F7K-2Q9Z"])
def test_what_is_no_reference_is_not_found_and_says_why(client, item, reference):
    response = client.get(f"/en/pledges/{reference}/")
    assert response.status_code == 404
    assert "is not a reference" in response.content.decode()
    assert response.content.count(b"<h1>") == 1


def test_an_unknown_reference_says_that_it_may_not_be_public(client, item):
    reference = new_reference("KL")
    response = client.get(f"/en/pledges/{reference}/")
    assert response.status_code == 404
    assert f"Nothing public has the reference {reference}" in response.content.decode()


def test_a_reference_of_another_campaign_leads_there(client, campaign):
    earlier = CampaignFactory(slug="earlier")
    item = PublicItemFactory(campaign=earlier)
    response = client.get(f"/en/pledges/{item.reference}/")
    assert response["Location"] == f"/en/c/earlier/pledges/{item.reference}/{item.slug}/"
    text = page(client, response["Location"])
    assert earlier.name in text


def test_a_title_without_latin_letters_needs_no_slug(client, campaign):
    item = PublicItemFactory(campaign=campaign, language="en", title="مفتاح")
    assert item.get_absolute_url() == f"/en/pledges/{item.reference}/"
    assert "مفتاح" in page(client, item.get_absolute_url())


def test_a_title_called_report_does_not_take_the_report_pages_address(client, campaign):
    item = PublicItemFactory(campaign=campaign, title="Report")
    assert item.get_absolute_url() == f"/en/pledges/{item.reference}/"


def test_sharing_is_offered_only_with_consent(client, campaign, item):
    shared = page(client, item.get_absolute_url())
    assert '<meta property="og:title" content="Avain joka kerrokseen">' in shared
    assert "bsky.app" in shared
    silent = PublicItemFactory(campaign=campaign, shareable=False)
    text = page(client, silent.get_absolute_url())
    assert "og:title" not in text
    assert "bsky.app" not in text


def test_no_third_party_is_loaded(client, item):
    text = page(client, item.get_absolute_url())
    loaded = [part.split('"')[1] for part in text.split("src=")[1:]]
    assert all(address.startswith("/") for address in loaded)


def test_an_unnamed_giver_is_told_in_general(client, campaign):
    item = PublicItemFactory(campaign=campaign, organisations=[], regions=[Region.objects.get(code="06")])
    assert "An association, Pirkanmaa" in page(client, item.get_absolute_url())


def test_municipalities_are_named_with_their_region(client, campaign):
    tampere = Municipality.objects.get(code="837", valid_to=None)
    item = PublicItemFactory(campaign=campaign, scope="municipalities", regions=[tampere.region])
    item.municipalities.add(tampere)
    assert "Pirkanmaa: Tampere" in page(client, item.get_absolute_url())


def test_an_award_is_shown_with_its_citation(client, campaign):
    item = PublicItemFactory(campaign=campaign, awarded=True)
    PublicAward.objects.create(
        item=item, category="Pledge of the year", prize="1,000 euros", citation="It opens.", announced_at=AT
    )
    text = page(client, item.get_absolute_url())
    assert "Pledge of the year" in text
    assert "It opens." in text


def test_the_latest_edition_that_holds_it_is_linked(client, campaign):
    item = PublicItemFactory(campaign=campaign, selected=True)
    programme = Programme.objects.create(campaign=campaign)
    for number in (1, 2):
        release = ProgrammeRelease.objects.create(programme=programme, number=number, released_at=AT)
        ReleasedEntry.objects.create(release=release, item=item, theme=item.theme, position=1, texts={})
    assert f'href="/en/programme/?edition=2#{item.reference}"' in page(client, item.get_absolute_url())


def test_it_has_one_address_for_machines_and_one_in_each_language(client, item):
    text = page(client, item.get_absolute_url())
    address = item.get_absolute_url()
    assert f'<link rel="canonical" href="http://localhost{address}">' in text
    for code in ("fi", "sv", "en"):
        other = address.replace("/en/", f"/{code}/")
        assert f'hreflang="{code}" href="http://localhost{other}"' in text
        assert page(client, other)


def test_its_questions_to_the_database_are_few(client, item, django_assert_max_num_queries):
    client.get(item.get_absolute_url())
    with django_assert_max_num_queries(6):
        client.get(item.get_absolute_url())


@pytest.mark.parametrize(
    "title",
    ["#", "R&D <b>100 %</b> {{ x }}", "👩🏽‍🚀 🇫🇮", "مفاتيح لكل طابق", "x" * 120, "\"Quoted\" 'too' + ?a=b"],
)
def test_any_title_is_shown_and_shared_as_it_was_written(client, campaign, title):
    item = PublicItemFactory(campaign=campaign, title=title, shareable=True)
    response = client.get(item.get_absolute_url())
    text = response.content.decode()
    assert f'<h1 lang="{item.language}" dir="auto">{escape(title)}</h1>' in text
    assert problems(text) == []
    shared = [unquote_plus(link["url"]) for link in response.context["share_links"]]
    assert all(title in link for link in shared[:3])


def test_where_it_is_done_is_told_only_when_it_was_said(client, campaign):
    unsaid, said = (PublicItemFactory(campaign=campaign, scope=scope) for scope in ("", "country"))
    assert "The whole country" not in page(client, unsaid.get_absolute_url())
    assert "<dt>Where</dt>" not in page(client, unsaid.get_absolute_url())
    assert "The whole country" in page(client, said.get_absolute_url())
    assert "<dt>Where</dt>" in page(client, said.get_absolute_url())
