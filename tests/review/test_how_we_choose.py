"""The page says what the data say."""

import pytest
from django.utils import translation
from wagtail.models import Page

from campaign.models.pages import CampaignPage
from home.models import PublicVersion
from review import method
from review.models import CriterionPoint, HowWeChoosePage, Procedure
from tests import factories


@pytest.fixture
def page(db, campaign) -> HowWeChoosePage:
    from wagtail.models import Locale, Site

    root, locale = Page.objects.get(depth=1), Locale.objects.get(language_code="fi")
    front = root.add_child(
        instance=CampaignPage(
            title="Kotolupaus", slug="kotolupaus", headline="Avaa ovi", lead="Anna lupaus.", locale=locale
        )
    )
    Site.objects.update_or_create(
        is_default_site=True, defaults={"root_page": front, "hostname": "localhost"}
    )
    return front.add_child(
        instance=HowWeChoosePage(
            title="Näin valitsemme",
            slug="nain-valitsemme",
            who_decides="<p>Sisäministeriö päättää.</p>",
            who_cannot_win="<p>Ministeriön oma virasto ei voi voittaa.</p>",
            locale=locale,
        )
    )


def test_every_change_of_what_it_draws_moves_the_public_version(campaign, criteria):
    category = factories.AwardCategoryFactory(campaign=campaign)
    point = CriterionPoint.objects.create(criterion=criteria[0], points=5, guidance="Much.")
    procedure = Procedure(campaign=campaign)
    for row in (category, point, criteria[0], procedure):
        for change in (row.save, row.delete):
            before = PublicVersion.current()
            change()
            assert PublicVersion.current() > before


def test_it_draws_criteria_and_prizes_from_the_campaign(page, campaign, criteria, client):
    CriterionPoint.objects.create(criterion=criteria[0], points=5, guidance="Muuttaa monen arjen.")
    factories.AwardCategoryFactory(
        campaign=campaign, name="Vuoden lupaus", prize="2 000 euroa", payer="Säätiö"
    )
    factories.CriterionFactory(name="Toisen kampanjan")
    content = client.get("/fi/nain-valitsemme/").content.decode()
    for words in (
        "Effect",
        "60",
        "Novelty",
        "40",
        "Muuttaa monen arjen.",
        "Vuoden lupaus",
        "2 000 euroa",
        "Säätiö",
    ):
        assert words in content
    assert "Sisäministeriö päättää." in content
    assert "Ministeriön oma virasto" in content
    assert "Toisen kampanjan" not in content


def test_it_is_never_out_of_date(page, criteria, client):
    criteria[0].weight, criteria[0].name = 75, "Vaikutus"
    criteria[0].save()
    content = client.get("/fi/nain-valitsemme/").content.decode()
    assert "Vaikutus" in content
    assert "65,2" in content  # 75 of 75 + 40


def test_it_says_what_counts_for_whom_and_how_ties_and_disagreement_are_settled(
    page, campaign, criteria, client
):
    make = factories.CriterionFactory
    make(campaign=campaign, name="Tavoitettavuus", weight=100, kind="pledge", is_yes_or_no=True, max_points=1)
    make(campaign=campaign, name="Sävy", is_counted=False, is_required=False)
    Procedure.objects.create(campaign=campaign, disagreement="1.50")
    with translation.override("en"):
        told = method.of(campaign)
    assert [(str(row.criterion), row.shares, row.notes) for row in told.criteria] == [
        ("Effect", [("Pledge", "30"), ("Initiative", "60")], ["from 0 to 5 points"]),
        ("Novelty", [("Pledge", "20"), ("Initiative", "40")], ["from 0 to 3 points"]),
        ("Tavoitettavuus", [("", "50")], ["pledges only", "yes or no"]),
        (
            "Sävy",
            [],
            ["from 0 to 5 points", "may be left without an answer", "shown beside the total and not counted"],
        ),
    ]
    assert "then the one that arrived earlier" in told.sentences[1]
    assert "spread of 1.50" in told.sentences[2]
    content = client.get("/fi/nain-valitsemme/").content.decode()
    assert all(words in content for words in ("Tavoitettavuus", "Sävy", "1,50"))
