"""The whole way: a secretary sends a pledge, and in the end it stands in the programme and the feed."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from campaign.models import Campaign, Phase
from pledges.models import Purpose, Submission
from review.models import AwardCategory, Criterion
from tests import factories
from tests.journeys.conftest import link_in

TITLE = "Language on the sideline"
SUMMARY = "Our coaches learn a hundred words of Arabic and Dari; the players learn Finnish."
GIVER = "Ball Boys and Girls"
pytestmark = pytest.mark.browser


def turn_to(campaign: Campaign, kind: str) -> None:
    """Lay the phases so that this one is on now."""
    for name, opens_at, closes_at in factories.laid_around(timezone.now(), on=kind):
        campaign.phases.filter(kind=name).update(opens_at=opens_at, closes_at=closes_at)


@pytest.fixture
def round_now(campaign: Campaign, pages) -> Campaign:
    """A campaign that is open, with what its review needs."""
    turn_to(campaign, Phase.Kind.CALL)
    factories.ThemeFactory(campaign=campaign, name="Learning", slug="learning")
    for position, (name, weight) in enumerate((("Effect", 60), ("Feasible", 40))):
        Criterion.objects.create(
            campaign=campaign, name=name, question="How good?", weight=weight, position=position
        )
    AwardCategory.objects.create(campaign=campaign, name="Pledge of the year", description="The best")
    return campaign


def sign_in(page: Page, user) -> None:
    page.goto("/accounts/login/?next=/desk/")
    page.get_by_role("textbox", name="E-mail").fill(user.email)
    page.get_by_label("Password").fill("a-long-enough-secret")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/desk/")


def fill_the_form(page: Page) -> None:
    page.goto("/en/submit/")
    page.get_by_role("radio", name="Pledge").check()
    page.get_by_role("textbox", name="Title").fill(TITLE)
    page.get_by_role("textbox", name="Summary").fill(SUMMARY)
    page.get_by_role("textbox", name="What will be done").fill("A hundred words for every coach.")
    page.get_by_role("combobox", name="Theme").select_option(label="Learning")
    page.get_by_role("textbox", name="Name of the organisation").fill(GIVER)
    page.get_by_role("combobox", name="Kind of organisation").select_option("association")
    page.get_by_role("textbox", name="Contact person").fill("Valma Valmentaja")
    page.get_by_role("textbox", name="E-mail").fill("valma.example.org")
    for purpose in Purpose.values:
        page.locator(f"#id_consent_{purpose}").check()
    page.get_by_role("checkbox", name="I am authorised").check()


def submit(page: Page) -> None:
    """The first try has a wrong address; everything typed is still there, and the second try goes through."""
    fill_the_form(page)
    page.get_by_role("button", name="Send and confirm by e-mail").click()
    expect(page.get_by_role("link", name="address")).to_be_visible()
    expect(page.get_by_role("textbox", name="Title")).to_have_value(TITLE)
    page.get_by_role("textbox", name="E-mail").fill("valma@example.org")
    page.get_by_role("button", name="Send and confirm by e-mail").click()
    page.wait_for_url("**/en/submit/sent/**")
    expect(page.get_by_role("main")).to_contain_text(Submission.objects.get().reference)


def confirm(page: Page, path: str) -> None:
    page.goto(path)
    page.get_by_role("button", name="Yes, I sent this").click()
    expect(page.get_by_role("main")).to_contain_text(TITLE)


def screen(page: Page, reviewers) -> None:
    page.goto("/desk/submissions/")
    page.get_by_role("link", name=TITLE).click()
    page.get_by_label("How did you check").fill("The register of associations")
    page.get_by_role("button", name="Pass to review").click()
    page.get_by_text("Give to more reviewers").click()
    for reviewer in reviewers:
        page.get_by_role("checkbox", name=str(reviewer)).check()
    page.get_by_role("button", name="Assign").click()
    expect(page.get_by_role("main")).to_contain_text("not begun")


def review(page: Page, points: dict[str, int]) -> None:
    page.goto("/desk/queue/")
    expect(page.get_by_role("main")).not_to_contain_text("valma@example.org")
    page.get_by_role("link", name=TITLE).click()
    expect(page.get_by_role("main")).not_to_contain_text("Valma")
    for name, number in points.items():
        page.get_by_role("group", name=name).get_by_role("radio", name=str(number)).check(force=True)
    page.get_by_label("Comment").fill("Concrete, and others can copy it.")
    page.get_by_role("radio", name="Select", exact=True).check(force=True)
    page.get_by_role("button", name="Hand in and next").click()
    expect(page.get_by_role("main")).to_contain_text("1 of 1 handed in")


def decide(page: Page) -> None:
    page.goto("/desk/ranking/")
    expect(page.get_by_role("row", name=TITLE)).to_contain_text("4")
    page.goto("/desk/decisions/")
    page.get_by_role("checkbox").first.check()
    page.get_by_role("radio", name="Selected", exact=True).check(force=True)
    page.get_by_role("textbox", name="Reasons").fill("Others can do the same tomorrow.")
    page.get_by_role("button", name="Store the decisions").click()
    page.get_by_role("link", name="Release 1 pending decision").click()
    page.get_by_role("button", name="Release and send the letters").click()
    page.wait_for_load_state()


def award(page: Page, reference: str) -> None:
    page.goto(f"/desk/awards/?reference={reference}")
    page.get_by_label("Award").first.select_option(label="Pledge of the year")
    page.get_by_label("Citation in English").fill("A hundred words open every door.")
    page.get_by_role("button", name="Store the award").click()
    page.get_by_role("button", name="Announce 1 award").click()
    page.wait_for_load_state()


def make_programme(page: Page) -> None:
    page.goto("/desk/programme/")
    page.get_by_role("button", name="Compile").click()
    expect(page.get_by_role("main")).to_contain_text(TITLE)
    page.get_by_role("link", name="Release an edition").click()
    page.get_by_role("button", name="Release the edition").click()
    page.wait_for_load_state()


def test_from_the_form_to_the_programme_and_the_feed(
    round_now, person, post, coordinator, reviewer, other_reviewer
) -> None:
    secretary, official, visitor = person(), person(), person()
    submit(secretary)
    (confirmation,) = post()
    assert confirmation.to == ["valma@example.org"]
    confirm(secretary, link_in(confirmation))

    sign_in(official, coordinator)
    screen(official, [reviewer, other_reviewer])
    turn_to(round_now, Phase.Kind.REVIEW)
    for who, points in (
        (reviewer, {"Effect": 5, "Feasible": 4}),
        (other_reviewer, {"Effect": 4, "Feasible": 4}),
    ):
        page = person()
        sign_in(page, who)
        review(page, points)

    turn_to(round_now, Phase.Kind.RESULTS)
    decide(official)
    award(official, Submission.objects.get().reference)
    make_programme(official)

    subjects = [letter.subject for letter in post()]
    assert len(subjects) == len(set(subjects)) == 3  # received, selected, awarded
    visitor.goto("/en/programme/")
    expect(visitor.get_by_role("main")).to_contain_text(TITLE)
    expect(visitor.get_by_role("main")).to_contain_text(GIVER)
    visitor.goto("/en/awards/")
    expect(visitor.get_by_role("main")).to_contain_text("A hundred words open every door.")
    visitor.goto("/en/feed/")
    expect(visitor.get_by_role("main")).to_contain_text(TITLE)
    assert TITLE in visitor.request.get("/en/feed/atom.xml").text()
    visitor.goto("/en/pledges/")
    visitor.get_by_role("link", name=TITLE).click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text(TITLE)
