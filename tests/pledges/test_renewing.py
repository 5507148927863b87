"""What was sent in an earlier campaign, begun anew in the current one."""

from datetime import timedelta

import pytest
from django.http import QueryDict

from campaign.models import Phase
from pledges import links, unsent_links
from pledges.lifecycle import Refused
from pledges.models import Consent, Purpose, Status, Submission, UnsentForm
from pledges.renewing import renew
from tests.factories import CampaignFactory, SubmissionFactory, ThemeFactory, laid_around

pytestmark = pytest.mark.django_db
YEAR = timedelta(days=365)


@pytest.fixture
def earlier(campaign, at):
    """A submission of a campaign whose call has closed, with a theme that the current one has too."""
    ThemeFactory(campaign=campaign, slug="home")
    old = CampaignFactory(is_current=False, slug="earlier", phases=laid_around(at - YEAR))
    return SubmissionFactory(
        campaign=old,
        status=Status.SELECTED,
        text__theme=ThemeFactory(campaign=old, slug="home"),
        text__title="Avain joka oveen",
        text__starts_on=(at - YEAR).date(),
        organisation__name="Naapurit ry",
        consents=list(Purpose),
    )


def button(submission) -> str:
    return f"/en/mine/{links.token(submission, links.OWN)}/renew/"


def test_its_owner_finds_everything_in_a_new_form_but_dates_and_consents(client, campaign, earlier, at):
    own = f"/en/mine/{links.token(earlier, links.OWN)}/"
    assert button(earlier) in client.get(own).content.decode()
    page = client.post(button(earlier), follow=True).content.decode()
    assert "Avain joka oveen" in page
    assert "Naapurit ry" in page
    typed = dict(UnsentForm.objects.get().data)
    assert typed["theme"] == str(campaign.themes.get(slug="home").pk)
    assert "starts_on" not in typed
    assert not any(name.startswith("consent_") for name in typed)


def test_pressed_twice_it_is_one_form(client, campaign, earlier):
    assert client.post(button(earlier)).url == client.post(button(earlier)).url
    assert UnsentForm.objects.count() == 1


def test_what_is_sent_knows_what_it_renews_and_has_only_its_own_consents(client, campaign, earlier):
    client.post(button(earlier))
    form = UnsentForm.objects.get()
    sent = QueryDict(mutable=True)
    for name, value in form.data:
        sent.appendlist(name, value)
    sent.update({"form_key": form.key, "authorised": "on", "save_number": str(form.number)})
    client.post("/en/submit/", sent.urlencode(), content_type="application/x-www-form-urlencoded")
    renewed = Submission.objects.get(campaign=campaign)
    assert renewed.renewed_from == earlier
    assert renewed.latest.title == "Avain joka oveen"
    assert not Consent.objects.filter(participation__submission=renewed).exists()
    assert not UnsentForm.objects.exists()


def test_what_is_renewed_names_the_new_one_and_is_not_renewed_twice(client, campaign, earlier, at):
    renewed = SubmissionFactory(campaign=campaign, renewed_from=earlier, contact_email=earlier.contact_email)
    page = client.get(f"/en/mine/{links.token(earlier, links.OWN)}/").content.decode()
    assert f"as {renewed.reference}." in page
    assert (
        links.token(renewed, links.OWN) not in page
    )  # one link opens no other, which may have been replaced since
    assert 'href="/en/mine/"' in page
    assert button(earlier) not in page
    with pytest.raises(Refused, match=f"renewed already: {renewed.reference}"):
        renew(earlier, campaign, language="en", at=at)
    assert not UnsentForm.objects.exists()


def test_what_renewed_it_and_was_withdrawn_stands_in_no_way(campaign, earlier, at):
    SubmissionFactory(campaign=campaign, renewed_from=earlier, status=Status.WITHDRAWN)
    assert renew(earlier, campaign, language="en", at=at).renews == earlier


def test_what_is_erased_or_handed_over_meanwhile_is_not_copied(campaign, earlier, at):
    opened = Submission.objects.with_text().get(pk=earlier.pk)
    Submission.objects.filter(pk=earlier.pk).update(erased_at=at)
    with pytest.raises(Refused, match="erased already"):
        renew(opened, campaign, language="en", at=at)
    Submission.objects.filter(pk=earlier.pk).update(erased_at=None, link_key="another")
    with pytest.raises(Refused, match="replaced by a newer one"):
        renew(opened, campaign, language="en", at=at)
    assert not UnsentForm.objects.exists()


def test_a_theme_that_is_no_longer_there_is_left_to_be_chosen(campaign, earlier, at):
    campaign.themes.filter(slug="home").update(slug="other")
    assert "theme" not in dict(renew(earlier, campaign, language="fi", at=at).data)


@pytest.mark.parametrize("status", [Status.DRAFT, Status.SPAM])
def test_what_was_not_sent_in_earnest_is_not_renewed(campaign, earlier, at, status):
    Submission.objects.filter(pk=earlier.pk).update(status=status)
    earlier.refresh_from_db()
    with pytest.raises(Refused, match="Only what was sent"):
        renew(earlier, campaign, language="fi", at=at)


def test_nothing_is_renewed_in_its_own_campaign_or_in_a_closed_one(client, campaign, earlier, at):
    present = SubmissionFactory(campaign=campaign)
    with pytest.raises(Refused, match="no later campaign"):
        renew(present, campaign, language="fi", at=at)
    deadline = campaign.phases.get(kind=Phase.Kind.CALL).closes_at
    with pytest.raises(Refused, match="The call closed"):
        renew(earlier, campaign, language="fi", at=deadline)


def test_a_stranger_renews_nothing(client, campaign, earlier):
    assert client.post("/en/mine/abc/renew/").status_code == 404
    assert client.get(button(earlier)).status_code == 405
    assert unsent_links.opened("abc", unsent_links.UNSENT) is None
