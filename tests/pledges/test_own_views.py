"""The receipt, the confirmation and the owner's pages."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import ModelLogEntry, Site

from campaign.models import Campaign, Municipality, Phase, PublicItem, Region
from campaign.moments import in_words
from home.mail import compose
from home.models import Mail, SiteSettings
from pledges import actors, links
from pledges.deadlines import CONFIRM_WITHIN
from pledges.forms import SubmitForm
from pledges.lifecycle import perform
from pledges.models import Consent, Purpose, Status, Submission
from tests.factories import (
    AttachmentFactory,
    CampaignFactory,
    PartnerFactory,
    SubmissionFactory,
    ThemeFactory,
    UserFactory,
    VersionFactory,
    laid_around,
)
from tests.markup import parse, problems

from .form import filled, rows


@pytest.fixture
def campaign(db) -> Campaign:
    return CampaignFactory(is_current=True, phases=laid_around(timezone.now()))


@pytest.fixture
def submission(campaign) -> Submission:
    return SubmissionFactory(campaign=campaign, contact_email="maija@example.org")


@pytest.fixture
def waiting(campaign) -> Submission:
    """Sent a moment ago and not confirmed."""
    return SubmissionFactory(
        campaign=campaign, contact_email="maija@example.org", submitted_at=timezone.now(), confirmed_at=None
    )


@pytest.fixture
def closed(campaign) -> None:
    """The call has closed a second ago."""
    Phase.objects.filter(kind="call").update(closes_at=timezone.now() - timedelta(seconds=1))


def own(submission: Submission, page: str = "") -> str:
    return f"/en/mine/{links.token(submission, links.OWN)}/{page}"


def confirming(submission: Submission) -> str:
    return f"/en/confirm/{links.token(submission, links.CONFIRM)}/"


def receipt(submission: Submission, at=None) -> str:
    return f"/en/submit/sent/?key={links.token(submission, links.SENT, at=at or timezone.now())}"


def says(answer, *sentences: str) -> bool:
    page = answer.content.decode()
    missing = [sentence for sentence in sentences if sentence not in page]
    assert not missing
    return True


def headed(answer) -> str:
    """The heading of a page, after its title was found to say the same."""
    page = parse(answer.content.decode())
    heading = "".join(page.find(".//h1").itertext())
    assert page.find(".//title").text.startswith(f"{heading} – ")
    return heading


# the receipt


def test_the_receipt_says_where_the_mail_went_without_showing_the_address(client, waiting):
    answer = client.get(receipt(waiting))
    assert says(answer, "One step left", waiting.reference, "m•••a@example.org")
    assert "maija@example.org" not in answer.content.decode()


def test_the_receipt_opens_for_as_long_as_the_address_may_be_confirmed(client, waiting):
    assert (
        client.get(receipt(waiting, timezone.now() - CONFIRM_WITHIN + timedelta(minutes=1))).status_code
        == 200
    )
    assert (
        client.get(receipt(waiting, timezone.now() - CONFIRM_WITHIN - timedelta(minutes=1))).status_code
        == 404
    )


def test_the_mail_is_sent_again_but_not_at_once_and_not_for_ever(client, waiting):
    assert says(client.post(receipt(waiting), follow=True), "The mail is on its way.")
    assert says(client.post(receipt(waiting)), "We wrote a moment ago.")
    for _time in range(7):
        Mail.objects.update(created_at=timezone.now() - timedelta(minutes=2))
        last = client.post(receipt(waiting))
    assert says(last, "We have written several times already.")
    assert Mail.objects.filter(letter="confirm").count() == 6


def test_the_address_is_corrected_and_the_links_to_the_wrong_one_die(client, waiting):
    old = confirming(waiting)
    answer = client.post(receipt(waiting), {"contact_email": "Right@example.org"}, follow=True)
    assert says(answer, "R•••t@example.org")
    waiting.refresh_from_db()
    assert waiting.contact_email == "Right@example.org"
    assert client.get(old).status_code == 404
    assert client.get(confirming(waiting)).status_code == 200


def test_a_wrong_correction_is_said_at_the_field(client, waiting):
    answer = client.post(receipt(waiting), {"contact_email": "right@"})
    assert says(answer, "This is not a whole e-mail address", 'value="right@"')


def test_a_second_tab_of_the_receipt_leads_on_after_the_address_was_corrected(client, waiting):
    second_tab = receipt(waiting)
    client.post(second_tab, {"contact_email": "matti@example.org"})
    for answer in (client.get(second_tab), client.post(second_tab, {"contact_email": "maija@example.org"})):
        assert answer.status_code == 410
        assert says(answer, "The e-mail address of this submission was corrected", 'href="/en/mine/"')
        assert waiting.reference not in answer.content.decode()
        assert "example.org" not in answer.content.decode().split("<main")[1].split("</main>")[0]
    assert problems(client.get(second_tab).content.decode()) == []
    assert Submission.objects.get().contact_email == "matti@example.org"
    old = receipt(waiting, timezone.now() - CONFIRM_WITHIN - timedelta(minutes=1))
    assert client.get(old).status_code == 404
    Submission.objects.update(erased_at=timezone.now())
    assert client.get(second_tab).status_code == 404


def test_once_confirmed_the_receipt_changes_nothing(client, submission):
    assert says(client.get(receipt(submission)), "Your address is confirmed.")
    assert says(
        client.post(receipt(submission), {"contact_email": "thief@example.org"}), "has been confirmed already"
    )
    submission.refresh_from_db()
    assert submission.contact_email == "maija@example.org"


# the confirmation


def test_opening_the_link_confirms_nothing_and_the_button_does(client, waiting):
    assert says(client.get(confirming(waiting)), "Yes, I sent this", waiting.latest.title)
    waiting.refresh_from_db()
    assert waiting.confirmed_at is None
    answer = client.post(confirming(waiting), follow=True)
    assert says(answer, "Your address is confirmed", "With us for screening")
    waiting.refresh_from_db()
    assert waiting.confirmed_at is not None
    assert list(Mail.objects.values_list("letter", flat=True)) == ["received"]


def test_confirming_twice_changes_nothing(client, waiting):
    client.post(confirming(waiting))
    first = Submission.objects.get().confirmed_at
    assert client.post(confirming(waiting)).status_code == 302
    assert Submission.objects.get().confirmed_at == first
    assert Mail.objects.count() == 1
    again = client.get(confirming(waiting))
    assert says(again, "There is nothing more to confirm.", "Go to your page", 'href="/en/mine/"')
    assert headed(again) == "This address is already confirmed"


@pytest.mark.parametrize(
    ("past", "is_confirmed"), [(timedelta(minutes=-1), True), (timedelta(minutes=1), False)]
)
def test_the_link_confirms_for_72_hours_even_after_the_deadline(client, waiting, closed, past, is_confirmed):
    Submission.objects.update(submitted_at=timezone.now() - CONFIRM_WITHIN - past)
    answer = client.post(confirming(waiting))
    assert (Submission.objects.get().confirmed_at is not None) is is_confirmed
    if not is_confirmed:
        assert says(answer, "that time has passed", "Go to your draft")
    assert headed(client.get(confirming(waiting))) == (
        "This address is already confirmed" if is_confirmed else "The time to confirm has passed"
    )


def test_of_what_was_withdrawn_unconfirmed_nothing_is_asked_and_no_draft_is_promised(client, waiting):
    client.post(own(waiting, "withdraw/"))
    answer = client.get(confirming(waiting))
    assert headed(answer) == "There is nothing to confirm"
    assert says(answer, "This submission has ended.", "Go to your page")
    assert "draft" not in answer.content.decode()


def test_the_moment_until_which_an_address_can_be_confirmed_is_told(client, waiting):
    client.post(receipt(waiting))
    moment = in_words(waiting.submitted_at + CONFIRM_WITHIN, waiting.campaign)
    for address in (receipt(waiting), confirming(waiting)):
        assert says(client.get(address), moment, "(Finnish time)")


def test_the_address_is_corrected_under_a_heading_of_its_own(client, waiting):
    assert says(client.get(receipt(waiting)), "<h2>Is the address wrong?</h2>")


# the owner's page


def test_private_pages_are_kept_nowhere_and_told_to_nobody(client, submission, waiting):
    pages = [
        own(submission),
        own(submission, "edit/"),
        own(submission, "consents/"),
        own(submission, "withdraw/"),
    ]
    for address in [*pages, confirming(waiting), receipt(waiting), "/en/mine/", "/en/mine/wrong/"]:
        answer = client.get(address)
        assert "no-store" in answer["Cache-Control"]
        assert answer["Referrer-Policy"] == "no-referrer"
        assert answer["X-Robots-Tag"] == "noindex"
        assert 'rel="canonical"' not in answer.content.decode() or "/mine/W" not in answer.content.decode()


@pytest.mark.parametrize("status", Status.values)
def test_each_status_is_said_in_words_with_what_comes_next(client, campaign, status):
    from pledges.statuses import IN_WORDS

    submission = SubmissionFactory(campaign=campaign, status=status)
    words = IN_WORDS[Status(status)]
    assert says(client.get(own(submission)), str(words.heading), str(words.next))


@pytest.mark.parametrize("status", Status.values)
def test_every_page_of_every_status_answers(client, campaign, status):
    submission = SubmissionFactory(campaign=campaign, status=status)
    for page in ("", "edit/", "consents/", "withdraw/"):
        assert client.get(own(submission, page)).status_code in {200, 302}
        assert client.post(own(submission, page)).status_code in {200, 302}


def test_the_page_is_a_receipt_of_every_field_of_the_form(client, campaign):
    """Sends every field with a word of its own, so a field that is added and not shown is found here."""
    chosen = {
        "kind": ("initiative", "Initiative"),
        "theme": (ThemeFactory(campaign=campaign, name="Main theme").pk, "Main theme"),
        "other_themes": ([ThemeFactory(campaign=campaign, name="Also this").pk], "Also this"),
        "scope": ("municipalities", "Certain municipalities"),
        "regions": ([Region.objects.get(code="06").pk], "Pirkanmaa"),
        "municipalities": ([Municipality.objects.get(code="837", valid_to=None).pk], "Tampere"),
        "starts_on": ("2027-01-01", "1 Jan 2027"),
        "ends_on": ("2027-06-01", "1 Jun 2027"),
        "language": ("sv", "Swedish"),
        "organisation_kind": ("education", "Educational institution"),
        "business_id": ("1234567-1", "1234567-1"),
        "organisation_municipality": ("Helsinki", "Helsinki"),
        "website": ("https://school.example", "https://school.example"),
        "contact_email": ("maija@example.org", "maija@example.org"),
        "second_email": ("pekka@example.org", "pekka@example.org"),
        "tags": ("#onlytag", "#onlytag"),
        "authorised": ("on", "Authority to commit the organisation"),
    }
    written = {name: (f"Words of {name}", f"Words of {name}") for name in SubmitForm.base_fields}
    fields = written | chosen
    sent = {name: value for name, (value, _shown) in fields.items()} | {"form_key": "k" * 32}
    sent |= rows("actions", {"what": "An action", "unit": "homes", "start": "1", "target": "9"})
    sent |= rows("needs", {"what": "A need"}) | rows("offers", {"what": "An offer", "where": "A place"})
    assert client.post("/en/submit/", sent).status_code == 302
    page = client.get(own(Submission.objects.get()))
    assert says(page, *(shown for _value, shown in fields.values()))
    assert says(
        page, "An action: 1 → 9 homes", "A need", "An offer (A place)", Submission.objects.get().reference
    )
    assert problems(page.content.decode()) == []


def test_the_page_says_what_may_be_published_now(client, campaign):
    submission = SubmissionFactory(campaign=campaign, consents=[Purpose.TEXT, Purpose.REUSE])
    page = parse(client.get(own(submission)).content.decode())
    group = page.find(".//section[@aria-labelledby='sent-consents']")
    texts = [element.text for element in group.iter() if element.tag in {"dt", "dd"}]
    assert dict(zip(texts[::2], texts[1::2], strict=True)) == {
        "The text": "Allowed",
        "The organisation's name": "Not allowed",
        "Sharing": "Not allowed",
        "Contact requests": "Not allowed",
        "Open data": "Allowed",
    }
    assert group.find(".//a").get("href") == own(submission, "consents/")


NO_EFFECT = "What you allowed has no effect yet"
HELD_BACK = "Nothing of it is printed or published yet."


@pytest.mark.parametrize(
    ("status", "consents", "said"),
    [
        (Status.SELECTED, [], HELD_BACK),
        (Status.SELECTED, [Purpose.ORGANISATION], HELD_BACK),
        (Status.SELECTED, [Purpose.TEXT], ""),
        (Status.IN_REVIEW, [], ""),
        (Status.IN_REVIEW, [Purpose.ORGANISATION], NO_EFFECT),
        (Status.IN_REVIEW, [Purpose.ORGANISATION, Purpose.TEXT], ""),
        (Status.WITHDRAWN, [Purpose.ORGANISATION], ""),
    ],
)
def test_the_page_says_when_nothing_is_published_for_want_of_the_text(
    client, campaign, status, consents, said
):
    submission = SubmissionFactory(campaign=campaign, status=status, consents=consents)
    page = client.get(own(submission)).content.decode()
    assert [words for words in (NO_EFFECT, HELD_BACK) if words in page] == ([said] if said else [])


@pytest.mark.parametrize(
    ("status", "is_said"), [(Status.IN_REVIEW, True), (Status.RETURNED, False), (Status.WITHDRAWN, False)]
)
def test_that_an_earlier_text_is_read_is_said_only_while_it_is(client, campaign, status, is_said):
    submission = SubmissionFactory(campaign=campaign, status=status)
    Submission.objects.update(
        screened=submission.latest, latest=VersionFactory(submission=submission, number=2)
    )
    page = client.get(own(submission)).content.decode()
    assert ("reviewers and readers see the earlier one" in page) is is_said


def test_who_waits_for_nothing_but_a_confirmation_reads_until_when(client, waiting):
    moment = in_words(waiting.submitted_at + CONFIRM_WITHIN, waiting.campaign)
    assert says(client.get(own(waiting)), f"<strong>{moment}</strong>")
    Submission.objects.update(submitted_at=timezone.now() - CONFIRM_WITHIN)
    assert "There is time until" not in client.get(own(waiting)).content.decode()


def test_after_the_call_the_page_says_why_the_text_is_not_changed(client, submission, closed):
    answer = client.get(own(submission))
    assert says(answer, "The call has closed, so the text can no longer be changed.", "people/")
    assert "/edit/" not in answer.content.decode()


def test_a_draft_is_not_called_sent(client, campaign):
    draft = SubmissionFactory(campaign=campaign, status=Status.DRAFT)
    answer = client.get(own(draft))
    assert says(answer, "What you have written")
    assert "<dt>Sent</dt>" not in answer.content.decode()


def test_new_links_are_offered_to_all_but_the_sender_of_spam(client, campaign):
    offered = {
        status
        for status in Status.values
        if "new-link/"
        in client.get(own(SubmissionFactory(campaign=campaign, status=status))).content.decode()
    }
    assert offered == set(Status.values) - {Status.SPAM}


def edited(submission: Submission, **changes) -> dict:
    return filled(submission.latest.theme, base_version="1", **changes)


def test_the_text_is_changed_as_a_version_and_nothing_typed_before_is_lost(client, submission):
    page = client.get(own(submission, "edit/"))
    assert says(page, submission.latest.title, submission.latest.description, submission.contact_name)
    client.post(
        own(submission, "edit/"), edited(submission, title="Better", contact_name="Matti", tags="#new")
    )
    submission.refresh_from_db()
    assert (submission.latest.number, submission.latest.title) == (2, "Better")
    assert set(submission.latest.tags.names()) == {"new"}
    assert submission.contact_name == "Matti"
    assert submission.participations.get().organisation.name == "Association of Neighbours"
    assert says(client.get(own(submission)), "Version 2", "Version 1")


@pytest.mark.parametrize("status", [Status.DRAFT, Status.RETURNED])
def test_what_waits_to_be_sent_is_saved_and_sent_with_one_button(client, campaign, status):
    submission = SubmissionFactory(campaign=campaign, status=status, confirmed_at=None)
    assert says(client.get(own(submission, "edit/")), "Save and send", "Save without sending")
    answer = client.post(own(submission, "edit/"), edited(submission, title="Better"), follow=True)
    assert says(answer, "Your changes are saved. They are not sent yet.", "Better")
    submission.refresh_from_db()
    assert submission.status == status
    form = edited(submission, title="Best", send="1") | {"base_version": "2"}
    assert says(
        client.post(own(submission, "edit/"), form, follow=True), "Your submission is with us.", "Best"
    )
    submission.refresh_from_db()
    assert (submission.status, submission.latest.title) == (Status.SUBMITTED, "Best")
    assert "Save and send" not in client.get(own(submission, "edit/")).content.decode()


def test_what_cannot_be_sent_any_more_is_saved_and_the_page_says_so(client, campaign, closed):
    submission = SubmissionFactory(campaign=campaign, status=Status.DRAFT)
    page = client.get(own(submission, "edit/"))
    assert says(page, "Save the changes", "Saving does not send it.")
    assert "Save and send" not in page.content.decode()
    form = edited(submission, title="A second late", send="1")
    answer = client.post(own(submission, "edit/"), form, follow=True)
    assert says(answer, "The call closed on", "Your changes are saved. They are not sent yet.")
    submission.refresh_from_db()
    assert (submission.status, submission.latest.title) == (Status.DRAFT, "A second late")


def test_a_text_that_overtook_another_is_not_sent_before_the_two_are_compared(client, campaign):
    submission = SubmissionFactory(campaign=campaign, status=Status.DRAFT)
    client.post(own(submission, "edit/"), edited(submission, title="First tab"))
    form = edited(submission, title="Second tab", send="1")
    assert says(
        client.post(own(submission, "edit/"), form, follow=True), "was saved elsewhere while you wrote"
    )
    submission.refresh_from_db()
    assert (submission.status, submission.latest.title) == (Status.DRAFT, "Second tab")


def test_rows_are_edited_and_emptied_rows_go(client, submission):
    form = edited(submission) | rows("actions", {"what": "One"}, {"what": "Two"})
    client.post(own(submission, "edit/"), form)
    assert says(client.get(own(submission, "edit/")), 'value="One"', 'value="Two"')
    form = edited(submission) | rows("actions", {"what": ""}, {"what": "Two"})
    client.post(own(submission, "edit/"), form)
    submission.refresh_from_db()
    assert list(submission.latest.actions.values_list("what", flat=True)) == ["Two"]


def test_saving_the_same_text_makes_no_version(client, submission):
    client.post(own(submission, "edit/"), edited(submission))
    client.post(own(submission, "edit/"), edited(submission))
    assert submission.versions.count() == 2


def test_of_two_tabs_the_later_is_told_and_both_texts_are_kept(client, submission):
    client.post(own(submission, "edit/"), edited(submission, title="First tab"))
    answer = client.post(own(submission, "edit/"), edited(submission, title="Second tab"), follow=True)
    assert says(answer, "Version 2 was saved elsewhere while you wrote. Yours is version 3")
    assert list(submission.versions.values_list("title", flat=True))[1:] == ["First tab", "Second tab"]


def test_a_row_more_on_the_edit_form_saves_nothing_and_keeps_everything_typed(client, submission):
    form = edited(submission, title="", summary="Typed summary") | rows("needs", {"what": "Hall"})
    answer = client.post(own(submission, "edit/"), form | {"add_row": "needs"})
    assert says(answer, "Typed summary", 'value="Hall"', 'id="id_needs-1-what"')
    assert 'id="error-summary"' not in answer.content.decode()
    answer = client.post(own(submission, "edit/"), form | {"remove_row": "needs-0"})
    assert 'value="Hall"' not in answer.content.decode()
    assert submission.versions.count() == 1


def test_a_wrong_edit_keeps_everything_typed(client, submission):
    answer = client.post(own(submission, "edit/"), edited(submission, title="", summary="Typed summary"))
    assert says(answer, "Write a title.", "Typed summary", "error-summary")
    assert submission.versions.count() == 1


def test_an_edit_that_comes_too_late_is_refused_with_everything_typed(client, submission, closed):
    answer = client.post(own(submission, "edit/"), edited(submission, title="Too late"))
    assert says(answer, "The call has closed, so the text can no longer be changed.", 'value="Too late"')
    assert submission.versions.count() == 1
    later = client.get(own(submission, "edit/"))
    assert says(later, "The call has closed, so the text can no longer be changed.", 'value="Too late"')
    submission.unsent_forms.all().delete()
    assert client.get(own(submission, "edit/")).status_code == 302


def test_the_organisation_is_not_changed_once_it_was_screened(client, campaign):
    submission = SubmissionFactory(campaign=campaign, status=Status.IN_REVIEW, organisation__name="Checked")
    assert "organisation_name" not in client.get(own(submission, "edit/")).content.decode()
    client.post(own(submission, "edit/"), edited(submission, title="Better", organisation_name="Spam Ltd"))
    assert submission.participations.get().organisation.name == "Checked"
    submission.refresh_from_db()
    assert (submission.latest.title, submission.screened.number) == ("Better", 1)


def test_a_returned_text_shows_the_reasons_and_is_sent_again(client, campaign):
    now = timezone.now()
    submission = SubmissionFactory(
        campaign=campaign,
        status=Status.RETURNED,
        reason="Say when.",
        correction_until=now + timedelta(days=3),
    )
    assert says(client.get(own(submission)), "Say when.", "Correct it and send it again by", "Send it")
    client.post(own(submission))
    submission.refresh_from_db()
    assert submission.status == Status.SUBMITTED
    assert list(Mail.objects.values_list("letter", flat=True)) == ["received"]


def test_a_return_whose_time_is_over_says_so_though_the_call_is_open(client, campaign):
    over = timezone.now() - timedelta(seconds=1)
    submission = SubmissionFactory(campaign=campaign, status=Status.RETURNED, correction_until=over)
    ended = "The time for correcting this submission has ended."
    page = client.get(own(submission))
    assert says(page, ended, "Withdraw the submission")
    assert "Send it" not in page.content.decode()
    assert "Change the text" not in page.content.decode()
    assert says(client.get(own(submission, "edit/"), follow=True), ended)
    answer = client.post(own(submission, "edit/"), edited(submission, title="Better") | {"send": ""})
    assert says(answer, ended, 'value="Better"')


def test_a_draft_is_sent_from_its_page_and_its_link_proves_the_address(client, campaign):
    draft = SubmissionFactory(campaign=campaign, status=Status.DRAFT, confirmed_at=None, submitted_at=None)
    client.post(own(draft))
    draft.refresh_from_db()
    assert draft.status == Status.SUBMITTED
    assert draft.confirmed_at == draft.submitted_at


def test_a_draft_that_is_sent_twice_is_thanked_for_once_more(client, campaign):
    draft = SubmissionFactory(campaign=campaign, status=Status.DRAFT)
    client.post(own(draft))
    answer = client.post(own(draft), follow=True)
    assert says(answer, "Thank you. Your submission is with us.")
    assert "is not possible" not in answer.content.decode()
    assert Mail.objects.filter(letter="received").count() == 1


def test_a_draft_after_the_deadline_says_why_it_cannot_be_sent(client, campaign, closed):
    draft = SubmissionFactory(campaign=campaign, status=Status.DRAFT)
    assert says(client.get(own(draft)), "The call closed on")
    assert "Send it" not in client.get(own(draft)).content.decode()
    assert says(client.post(own(draft), follow=True), "The call closed on")
    SiteSettings.objects.update_or_create(
        site=Site.objects.get(), defaults={"contact_email": "desk@example.org"}
    )
    assert says(client.get(own(draft)), "Ask for more time, and give the reference: desk@example.org")


def test_a_draft_with_more_time_need_not_ask_for_it(client, campaign, closed):
    own_end = timezone.now() + timedelta(days=2)
    draft = SubmissionFactory(campaign=campaign, status=Status.DRAFT, correction_until=own_end)
    SiteSettings.objects.update_or_create(
        site=Site.objects.get(), defaults={"contact_email": "desk@example.org"}
    )
    page = client.get(own(draft))
    assert says(page, f"<strong>{in_words(own_end, campaign)}</strong>", "Send it")
    assert "Ask for more time" not in page.content.decode()


def test_withdrawing_asks_first_and_empties_the_public_side(client, campaign):
    submission = SubmissionFactory(campaign=campaign, consents=[Purpose.TEXT])
    perform(submission, "pass", by=actors.coordinator(UserFactory()), at=timezone.now())
    assert says(client.get(own(submission, "withdraw/")), "This cannot be undone.")
    assert PublicItem.objects.exists()
    assert says(client.get(own(submission)), "this one is read")
    withdrawn = client.post(own(submission, "withdraw/"), follow=True)
    assert says(withdrawn, "Your submission is withdrawn")
    assert "this one is read" not in withdrawn.content.decode()
    assert not PublicItem.objects.exists()
    assert says(client.post(own(submission, "withdraw/"), follow=True), "This is not possible while")


def test_consents_show_what_was_agreed_when_and_in_which_words(client, campaign):
    submission = SubmissionFactory(campaign=campaign, consents=[Purpose.TEXT])
    page = client.get(own(submission, "consents/"))
    assert says(page, "Allowed: The text", "Mon 23 Nov 2026", "The text may be published")
    assert 'name="consent_text" ' in page.content.decode()


def test_consents_are_changed_by_adding_acts(client, campaign):
    submission = SubmissionFactory(campaign=campaign, consents=[Purpose.TEXT, Purpose.SOCIAL])
    form = {"consent_social": "on", "consent_reuse": "on"}
    assert says(client.post(own(submission, "consents/"), form, follow=True), "Your choices are saved")
    acts = Consent.objects.order_by("pk").values_list("purpose", "given")
    assert list(acts) == [("text", True), ("social", True), ("reuse", True), ("text", False)]
    assert says(client.post(own(submission, "consents/"), form, follow=True), "Nothing was changed.")


def test_the_text_is_said_to_open_the_other_consents_before_and_after(client, submission):
    assert says(
        client.get(own(submission, "consents/")),
        "unless you allow the text, the other choices have no effect",
    )
    alone = client.post(own(submission, "consents/"), {"consent_social": "on"}, follow=True)
    assert says(alone, "Nothing is published: what you chose has no effect")
    both = client.post(
        own(submission, "consents/"), {"consent_social": "on", "consent_text": "on"}, follow=True
    )
    assert "Nothing is published: what you chose" not in both.content.decode()


# the kind


def test_the_kind_is_changed_until_it_was_screened_and_an_initiative_must_say_what_is_new(client, submission):
    assert says(client.get(own(submission, "edit/")), 'value="pledge"', "checked")
    answer = client.post(own(submission, "edit/"), edited(submission, kind="initiative"))
    assert says(answer, "An initiative says what is new in it.")
    client.post(own(submission, "edit/"), edited(submission, kind="initiative", novelty="All of it."))
    submission.refresh_from_db()
    assert submission.kind == "initiative"
    assert ModelLogEntry.objects.get(action="pledges.correct_kind").data == {"fields": ["kind"]}


def test_what_was_screened_keeps_its_kind_and_the_page_says_what_to_do_instead(client, campaign):
    submission = SubmissionFactory(campaign=campaign, status=Status.IN_REVIEW)
    page = client.get(own(submission, "edit/"))
    assert says(page, "so it stays a pledge", "send a new one")
    assert 'name="kind"' not in page.content.decode()
    client.post(own(submission, "edit/"), edited(submission, kind="initiative", novelty="All of it."))
    submission.refresh_from_db()
    assert (submission.kind, submission.latest.novelty) == ("pledge", "All of it.")


# lost links


def test_somebody_gets_all_their_links_in_one_mail(client, submission, campaign):
    SubmissionFactory(campaign=campaign, contact_email="MAIJA@example.org")
    answer = client.post("/en/mine/", {"contact_email": "maija@EXAMPLE.org"}, follow=True)
    assert says(answer, "If something was sent from this address or begun with it")
    assert list(Mail.objects.values_list("letter", flat=True)) == ["links"]
    assert "maija" not in str(list(Mail.objects.values()))


def test_the_answer_is_the_same_for_an_unknown_address(client, submission):
    known = client.post("/en/mine/", {"contact_email": "maija@example.org"}, follow=True)
    unknown = client.post("/en/mine/", {"contact_email": "nobody@example.org"}, follow=True)
    assert known.content == unknown.content
    assert known.status_code == unknown.status_code == 200


def test_nobody_is_bombed_by_asking_for_links(client, submission):
    for _time in range(8):
        client.post("/en/mine/", {"contact_email": "maija@example.org"})
    assert Mail.objects.count() == 1


def test_one_sender_asks_for_at_most_sixty_an_hour(client, campaign):
    for number in range(62):
        SubmissionFactory(campaign=campaign, contact_email=f"victim{number}@example.org")
        typed = {"contact_email": f"victim{number}@example.org"}
        assert client.post("/en/mine/", typed, REMOTE_ADDR="203.0.113.9").status_code == 302
    assert Mail.objects.count() == 60


def test_a_post_from_another_site_changes_nothing_behind_a_link(client, submission):
    answer = client.post(own(submission, "withdraw/"), headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    submission.refresh_from_db()
    assert submission.status == Status.SUBMITTED


@pytest.mark.parametrize("rows", [2, 20])
def test_the_owners_page_takes_as_many_queries_for_two_versions_files_and_partners_as_for_twenty(
    client, submission, rows, django_assert_num_queries
):
    for number in range(2, rows + 2):
        VersionFactory(submission=submission, number=number)
        AttachmentFactory(submission=submission)
        PartnerFactory(submission=submission)
    client.get(own(submission))
    with django_assert_num_queries(13):
        client.get(own(submission))


def test_who_lost_the_first_letter_confirms_on_their_page_also_after_old_links_were_made_worthless(
    client, waiting
):
    client.post(own(waiting, "new-link/"))
    waiting.refresh_from_db()
    letter = compose(Mail.objects.get(letter="links"))
    for text in (letter.body, letter.alternatives[0][0]):
        assert links.own_url(waiting, "en") in text
        assert "Not confirmed yet: open the link and press the button there." in text
    page = client.get(own(waiting))
    assert says(page, "Waiting for your confirmation", "Yes, I sent this")
    (button,) = (
        form
        for form in parse(page.content.decode()).findall(".//form")
        if "/confirm/" in form.get("action", "")
    )
    assert says(client.post(button.get("action"), follow=True), "With us for screening")
    waiting.refresh_from_db()
    assert waiting.confirmed_at
    assert "Yes, I sent this" not in client.get(own(waiting)).content.decode()
    assert "Not confirmed yet" not in compose(Mail.objects.get(letter="links")).body


def test_when_the_time_to_confirm_has_passed_the_page_shows_no_button_that_would_fail(client, waiting):
    Submission.objects.update(submitted_at=timezone.now() - CONFIRM_WITHIN)
    page = client.get(own(waiting))
    assert says(page, "Waiting for your confirmation")
    assert "Yes, I sent this" not in page.content.decode()
