"""Copy from last time: an earlier round's pledge is begun anew on a phone, left, and sent from a desk."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from pledges import links
from pledges.models import Consent, Purpose, Status, Submission, UnsentForm
from tests.factories import CampaignFactory, SubmissionFactory, ThemeFactory, laid_around

from .conftest import PHONE, SCRIPTS, by_lost_link, link_in, sideways

pytestmark = pytest.mark.browser
TITLE = "A key on every floor"


@pytest.fixture
def earlier(call, theme):
    """What was selected in last year's campaign, which had the same theme and has ended."""
    last_year = timezone.now() - timedelta(days=365)
    campaign = CampaignFactory(slug="earlier", phases=laid_around(last_year))
    return SubmissionFactory(
        campaign=campaign,
        status=Status.SELECTED,
        contact_email="maija@example.org",
        organisation__name="Association of Neighbours",
        text__title=TITLE,
        text__theme=ThemeFactory(campaign=campaign, slug=theme.slug),
        text__starts_on=last_year.date(),
        consents=list(Purpose),
        at=last_year,
    )


@SCRIPTS
def test_an_earlier_pledge_is_renewed_and_sent_in_the_current_round(
    earlier, call, theme, person, post, scripts
):
    phone = person(**PHONE, java_script_enabled=scripts)
    by_lost_link(phone, "maija@example.org", post)
    phone.get_by_role("button", name="Renew it").click()
    expect(phone.get_by_role("main")).to_contain_text("Your earlier text is copied.")
    expect(phone.locator("[name=title]")).to_have_value(TITLE)
    expect(phone.locator("[name=organisation_name]")).to_have_value("Association of Neighbours")
    expect(phone.locator("[name=theme]")).to_have_value(str(theme.pk))
    expect(phone.locator("[name=starts_on]")).to_have_value("")
    for purpose in Purpose.values:
        expect(phone.locator(f"[name=consent_{purpose}]")).not_to_be_checked()
    assert sideways(phone) == 0
    assert (Submission.objects.count(), UnsentForm.objects.get().renews) == (1, earlier)
    phone.context.close()

    desk = person(java_script_enabled=scripts)
    desk.goto(f"/en/mine/{links.token(earlier, links.OWN)}/")
    desk.get_by_role("button", name="Renew it").click()
    desk.locator("[name=title]").fill(f"{TITLE}, again")
    desk.locator(f"[name=consent_{Purpose.TEXT}]").check()
    desk.get_by_role("checkbox", name="I am authorised").check()
    desk.get_by_role("button", name="Send and confirm by e-mail").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("One step left")
    asking = next(letter for letter in post() if "/confirm/" in letter.body)
    desk.goto(link_in(asking))
    desk.get_by_role("button", name="Yes, I sent this").click()
    expect(desk.get_by_role("main")).to_contain_text("With us for screening")

    renewed = Submission.objects.get(campaign=call)
    assert (renewed.renewed_from, renewed.latest.title) == (earlier, f"{TITLE}, again")
    given = Consent.objects.filter(participation__submission=renewed, given=True)
    assert [consent.purpose for consent in given] == [Purpose.TEXT]
    assert not UnsentForm.objects.exists()
    earlier.refresh_from_db()
    assert (earlier.status, earlier.latest.title) == (Status.SELECTED, TITLE)
