"""A pledge given together: the lead invites three partners, two confirm and one declines, with scripts and without."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from pledges import actors
from pledges.lifecycle import perform
from pledges.models import Submission
from pledges.revisions import pass_version
from tests.journeys.conftest import SCRIPTS, link_in
from tests.journeys.test_from_call_to_programme import (
    GIVER,
    SUMMARY,
    TITLE,
    confirm,
    round_now,
    submit,
)

__all__ = ["round_now"]
pytestmark = pytest.mark.browser
PARTNERS = {
    "The City of Turku": "city@example.org",
    "The Choir": "choir@example.org",
    "The Company": "company@example.org",
}


def invite(lead: Page) -> None:
    lead.get_by_role("link", name="Partners", exact=True).click()
    for name, email in PARTNERS.items():
        lead.get_by_role("textbox", name="Name of the organisation").fill(name)
        lead.get_by_role("textbox", name="E-mail of its contact person").fill(email)
        lead.get_by_role("combobox", name="Language of the invitation").select_option("en")
        lead.get_by_role("button", name="Send the invitation").click()
        expect(lead.get_by_role("heading", name=name)).to_be_visible()


def answer_yes(partner: Page, path: str, *, kind: str, named: bool) -> None:
    """The first try forgets the kind of organisation; what was typed is still there for the second."""
    partner.goto(path)
    expect(partner.get_by_role("main")).to_contain_text(TITLE)
    partner.get_by_role("textbox", name="Contact person").fill("Kaisa")
    partner.get_by_role("button", name="Confirm: we stand behind this").click()
    expect(partner.get_by_role("link", name="Choose the kind of organisation.")).to_be_visible()
    expect(partner.get_by_role("textbox", name="Contact person")).to_have_value("Kaisa")
    partner.get_by_role("combobox", name="Kind of organisation").select_option(kind)
    partner.locator("#id_consent_organisation").set_checked(named)
    partner.get_by_role("button", name="Confirm: we stand behind this").click()
    expect(partner.get_by_role("heading", level=1)).to_have_text("You have confirmed")


def change_the_summary(lead: Page, summary: str) -> None:
    lead.get_by_role("link", name="Back to your page").click()
    lead.get_by_role("link", name="Change the text").click()
    lead.get_by_role("textbox", name="Summary", exact=False).first.fill(summary)
    lead.get_by_role("button", name="Save the changes").click()
    expect(lead.get_by_role("main")).to_contain_text(summary)


def hand_over(lead: Page, name: str) -> None:
    lead.get_by_role("link", name="Partners", exact=True).click()
    lead.locator(".panel", has_text=name).get_by_role("button", name="Hand over the lead").click()
    expect(lead.get_by_role("main")).to_contain_text("You stay the lead until they take it on.")


def take_over(partner: Page, path: str) -> None:
    partner.goto(path)
    for purpose in ("text", "organisation"):
        partner.locator(f"#id_consent_{purpose}").check()
    partner.get_by_role("checkbox", name="I am authorised").check()
    partner.get_by_role("button", name="Take the lead").click()
    expect(partner.get_by_role("main")).to_contain_text("You are the lead now.")


def by_address(letters) -> dict[str, str]:
    """The link of each letter, by whom it went to."""
    return {letter.to[0]: link_in(letter) for letter in letters}


@SCRIPTS
def test_a_lead_and_three_partners_of_whom_one_declines(scripts, round_now, person, post, coordinator):  # noqa: F811
    lead, city, choir, company, visitor = (person(java_script_enabled=scripts) for _ in range(5))
    submit(lead)
    confirm(lead, link_in(post()[0]))
    invite(lead)
    links = by_address(post())
    assert links.keys() == {"valma@example.org", *PARTNERS.values()}

    answer_yes(city, links["city@example.org"], kind="municipality", named=True)
    answer_yes(choir, links["choir@example.org"], kind="association", named=False)
    company.goto(links["company@example.org"])
    company.get_by_role("button", name="Decline").click()
    expect(company.get_by_role("heading", level=1)).to_have_text("You have declined")
    answers = post()
    assert sorted(letter.to[0] for letter in answers) == ["valma@example.org"] * 3
    assert sum("does not take part" in letter.subject for letter in answers) == 1

    lead.goto(link_in(answers[0]))
    for name, state in (("City of Turku", "Confirmed"), ("Choir", "Confirmed"), ("Company", "Declined")):
        expect(lead.locator(".panel", has_text=name)).to_contain_text(state)
    submission, official = Submission.objects.get(), actors.coordinator(coordinator)
    perform(submission, "pass", by=official, at=timezone.now(), authority_check="The register")
    visitor.goto(f"/en/pledges/{submission.reference}/")
    main = visitor.get_by_role("main")
    expect(main).to_contain_text(GIVER)
    expect(main).to_contain_text("The City of Turku")
    for name in ("Choir", "Company"):
        expect(main).not_to_contain_text(name)

    change_the_summary(lead, f"{SUMMARY} And the parents, too.")
    told = by_address(post())
    assert told.keys() == {"city@example.org", "choir@example.org"}
    city.goto(told["city@example.org"])
    expect(city.get_by_role("main")).to_contain_text("says something else than the one you have confirmed")
    city.get_by_role("button", name="Take our confirmation back").click()
    expect(city.get_by_role("heading", level=1)).to_have_text("You have declined")
    visitor.reload()
    expect(main).to_contain_text(GIVER)
    expect(main).not_to_contain_text("The City of Turku")

    submission.refresh_from_db()
    pass_version(submission, submission.latest, by=official, at=timezone.now())
    post()
    hand_over(lead, "The Choir")
    take_over(choir, by_address(post())["choir@example.org"])
    assert {letter.to[0] for letter in post()} == {"choir@example.org", "valma@example.org"}
    lead.reload()
    expect(lead.get_by_role("heading", level=1)).to_have_text("This link does not work")
    visitor.reload()
    expect(main).to_contain_text("The Choir")
    expect(main).to_contain_text("And the parents, too.")
