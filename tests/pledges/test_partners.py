"""What the writers of partners' parts leave behind: rows, letters, the log, and the public copy."""

from datetime import timedelta

import pytest
from django.conf import settings
from wagtail.models import ModelLogEntry

from campaign.models import PublicItem
from home.delivery import Delivery
from home.mail import compose
from home.models import Mail
from pledges import actors, consent, links, naming, partners, publishing
from pledges.actors import OWNER, SYSTEM
from pledges.confirming import send
from pledges.endings import erase
from pledges.lifecycle import Refused
from pledges.lifecycle import perform as perform_on_submission
from pledges.models import Organisation, Participation, Purpose, Status, Submission
from pledges.partner_acts import State, refusal
from pledges.partners import Answer, Invitation, confirm, correct, decline, invite, perform
from pledges.submitting import Giver
from pledges.timers import forget_partners
from tests.factories import PartnerFactory, SubmissionFactory, UserFactory, VersionFactory

ALL = list(Purpose)


def invitation(**changes) -> Invitation:
    fields = {"organisation_name": "The City", "contact_email": "city@example.org", "language": "sv"}
    return Invitation(**fields | changes)


def answer(consents=(Purpose.ORGANISATION,), **changes) -> Answer:
    giver = {"name": "The City of Turku", "kind": "municipality", "website": "https://turku.example/"}
    return Answer(
        giver=Giver(**giver | changes),
        contact_name="Kaisa Kaupunki",
        consents=consents,
        wordings=consent.current_wordings(),
        language="sv",
    )


@pytest.fixture
def submission(campaign, at) -> Submission:
    """In review, with a public copy."""
    submission = SubmissionFactory(
        campaign=campaign,
        status=Status.IN_REVIEW,
        consents=ALL,
        organisation__name="The Association",
    )
    publishing.refresh(submission, at=at)
    return submission


def seen(submission: Submission, at) -> None:
    """What a coordinator does who has read the names that partners gave themselves."""
    stamps = [part.name_stamp for part in submission.participations.all()]
    naming.pass_names(submission, stamps, by=actors.coordinator(UserFactory()), at=at)


def public_names() -> list[str]:
    return [organisation["name"] for organisation in PublicItem.objects.get().organisations]


def logged() -> list[str]:
    return list(ModelLogEntry.objects.order_by("pk").values_list("action", flat=True))


def test_an_invitation_makes_a_part_a_letter_and_a_log_entry_and_shows_nothing(submission, at):
    part = invite(submission, invitation(), by=OWNER, at=at)
    assert (part.role, part.state, part.asked_at) == ("partner", "invited", at)
    assert part.organisation.name == "The City"
    assert public_names() == ["The Association"]
    mail = compose(Mail.objects.get())
    assert mail.to == ["city@example.org"]
    assert links.partner_url(part, "sv") in mail.body
    entry = ModelLogEntry.objects.get()
    assert (entry.action, entry.data) == ("pledges.partner_invite", {"partner": part.pk})


@pytest.mark.parametrize("status", [Status.DRAFT, Status.SUBMITTED])
def test_partners_are_invited_before_and_after_sending(status, campaign, at):
    submission = SubmissionFactory(campaign=campaign, status=status)
    assert invite(submission, invitation(), by=OWNER, at=at).state == State.INVITED


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("requested", "have asked to join"),
        ("invited", "invited already. You can remind them."),
        ("confirmed", "confirmed already"),
        ("declined", "the link they have still works"),
    ],
)
def test_an_address_is_invited_once(state, sentence, submission, at):
    PartnerFactory(submission=submission, state=state, contact_email="city@example.org")
    with pytest.raises(Refused, match=sentence):
        invite(submission, invitation(contact_email="City@Example.org"), by=OWNER, at=at)
    assert not Mail.objects.exists()
    assert submission.participations.count() == 2


def test_who_was_removed_is_invited_anew_in_the_old_row_and_under_the_right_name(submission, at):
    part = PartnerFactory(submission=submission, state=State.REMOVED, contact_email="city@example.org")
    again = invite(submission, invitation(), by=OWNER, at=at)
    assert (again.pk, again.state, again.language) == (part.pk, State.INVITED, "sv")
    assert Organisation.objects.get(pk=part.organisation_id).name == "The City"


def test_the_lead_does_not_invite_itself(submission, at):
    with pytest.raises(Refused, match="your own address"):
        invite(submission, invitation(contact_email=submission.contact_email.upper()), by=OWNER, at=at)


def test_nobody_but_the_lead_invites(submission, at):
    with pytest.raises(Refused, match="not yours"):
        invite(submission, invitation(), by=SYSTEM, at=at)


def test_invitations_end_with_the_time_for_confirming_to_the_second(campaign, submission):
    with pytest.raises(Refused, match="Partners could confirm until"):
        invite(submission, invitation(), by=OWNER, at=campaign.deadline)
    invite(submission, invitation(), by=OWNER, at=campaign.deadline - timedelta(seconds=1))


def test_there_is_an_end_to_the_number_of_partners(submission, at):
    for _ in range(partners.MOST_PARTNERS):
        PartnerFactory(submission=submission)
    with pytest.raises(Refused, match="30 partners already"):
        invite(submission, invitation(), by=OWNER, at=at)


def test_a_stranger_s_address_gets_only_so_many_letters_a_day_from_all_submissions_together(campaign, at):
    for _ in range(partners.MOST_A_DAY):
        invite(SubmissionFactory(campaign=campaign), invitation(), by=OWNER, at=at)
    late = SubmissionFactory(campaign=campaign)
    with pytest.raises(Refused, match="many times today"):
        invite(late, invitation(contact_email="CITY@example.org"), by=OWNER, at=at)
    assert Mail.objects.count() == partners.MOST_A_DAY
    assert late.participations.count() == 1


def test_a_reminder_beyond_the_limit_is_refused_and_changes_nothing(campaign, submission, at):
    part = PartnerFactory(submission=submission, contact_email="city@example.org")
    for _ in range(partners.MOST_A_DAY):
        invite(SubmissionFactory(campaign=campaign), invitation(), by=OWNER, at=at)
    with pytest.raises(Refused, match="many times today"):
        perform(part, "remind", by=OWNER, at=at)
    part.refresh_from_db()
    assert (part.reminders, part.reminded_at) == (0, None)
    assert not ModelLogEntry.objects.filter(action="pledges.partner_remind").exists()


def test_who_is_invited_twice_in_a_row_is_told_when_to_remind(submission, at):
    invite(submission, invitation(), by=OWNER, at=at)
    with pytest.raises(
        Refused, match="invited already. We wrote to this partner .* You can remind them from"
    ):
        invite(submission, invitation(), by=OWNER, at=at)


def test_offering_the_lead_again_and_again_writes_only_so_many_letters_a_day(submission, at):
    part = PartnerFactory(submission=submission, state=State.CONFIRMED)
    for _ in range(partners.MOST_A_DAY):
        perform(part, "offer_lead", by=OWNER, at=at)
        perform(part, "keep_lead", by=OWNER, at=at)
        at += timedelta(seconds=1)
    with pytest.raises(Refused, match="many times today"):
        perform(part, "offer_lead", by=OWNER, at=at)
    assert Mail.objects.filter(letter="lead_offered").count() == partners.MOST_A_DAY


def test_a_partner_that_answers_again_and_again_writes_only_so_many_letters_to_the_lead(submission, at):
    part = PartnerFactory(submission=submission)
    for number in range(partners.MOST_A_DAY):
        confirm(part, answer(), read=submission.latest, at=at + timedelta(minutes=number))
        part = decline(part, language="en", at=at + timedelta(minutes=number, seconds=1))
    assert (part.state, Mail.objects.count()) == (State.DECLINED, partners.MOST_A_DAY)


def test_who_is_turned_down_leaves_only_the_address_and_that_until_nobody_can_join(campaign, at):
    part = PartnerFactory(
        submission=SubmissionFactory(campaign=campaign), state=State.REQUESTED, message="My life"
    )
    perform(part, "turn_down", by=OWNER, at=at)
    forget_partners(at)
    part.refresh_from_db()
    assert (part.contact_name, part.message, part.contact_email != "") == ("", "", True)
    over = campaign.deadline + timedelta(days=1)
    forget_partners(over)
    part.refresh_from_db()
    assert part.contact_email != ""  # the letter that tells it waits
    while Delivery().deliver_next(over):
        pass
    forget_partners(over)
    part.refresh_from_db()
    assert part.contact_email == ""
    assert refusal(part, "invite", by=OWNER, at=at) == "We have no address of this partner."


def test_who_has_answered_is_not_forgotten_with_those_who_were_turned_down(campaign, at):
    part = PartnerFactory(submission=SubmissionFactory(campaign=campaign), state=State.CONFIRMED)
    perform(part, "remove", by=OWNER, at=at)
    forget_partners(campaign.deadline + timedelta(days=1))
    part.refresh_from_db()
    assert part.contact_email != ""


def test_a_confirmed_partner_is_shown_by_its_own_data_when_it_allows_that(submission, at):
    part = PartnerFactory(submission=submission)
    confirm(part, answer(), read=submission.latest, at=at)
    assert public_names() == ["The Association"]
    seen(submission, at)
    assert public_names() == ["The Association", "The City of Turku"]
    part.refresh_from_db()
    assert (part.state, part.answered_at, part.confirmed_version) == ("confirmed", at, submission.latest)
    assert (part.contact_name, part.language) == ("Kaisa Kaupunki", "sv")
    assert part.organisation.kind == "municipality"
    act = part.consents.get()
    assert (act.purpose, act.given, act.language) == ("organisation", True, "sv")
    assert logged() == ["pledges.partner_confirm", "pledges.consent", "pledges.pass_names"]
    mail = compose(Mail.objects.get())
    assert mail.to == [submission.contact_email]
    assert "has confirmed" in mail.subject


def test_a_confirmed_partner_that_does_not_allow_it_is_not_named(submission, at):
    confirm(PartnerFactory(submission=submission), answer(consents=()), read=submission.latest, at=at)
    assert public_names() == ["The Association"]


@pytest.mark.parametrize("state", ["requested", "invited", "declined", "removed"])
def test_only_confirmed_partners_are_shown(state, submission, at):
    part = PartnerFactory(submission=submission)
    part = confirm(part, answer(), read=submission.latest, at=at)
    Participation.objects.filter(pk=part.pk).update(state=state)
    publishing.refresh(submission, at=at)
    assert public_names() == ["The Association"]


def test_a_text_that_changed_since_the_page_was_opened_is_not_confirmed_unread(submission, at):
    part, read = PartnerFactory(submission=submission), submission.latest
    submission.latest = VersionFactory(submission=submission, number=2)
    submission.save()
    for stale in (read, None):
        with pytest.raises(Refused, match="text has changed"):
            confirm(part, answer(), read=stale, at=at)
    part.refresh_from_db()
    assert part.state == State.INVITED
    assert not Mail.objects.exists()


def test_declining_after_confirming_takes_the_name_and_the_consent_back(submission, at):
    part = confirm(PartnerFactory(submission=submission), answer(), read=submission.latest, at=at)
    decline(part, language="en", at=at + timedelta(minutes=1))
    assert public_names() == ["The Association"]
    part.refresh_from_db()
    assert (part.state, part.confirmed_version) == (State.DECLINED, None)
    assert list(part.consents.values_list("given", flat=True)) == [True, False]
    assert Mail.objects.filter(letter="partner_answered").count() == 2


def test_who_declined_may_still_change_its_mind(submission, at):
    part = decline(PartnerFactory(submission=submission), language="en", at=at)
    assert confirm(part, answer(), read=submission.latest, at=at).state == State.CONFIRMED


def test_a_confirmed_partner_corrects_its_data_and_its_consent(submission, at):
    part = confirm(PartnerFactory(submission=submission), answer(), read=submission.latest, at=at)
    correct(part, answer(name="Turku"), at=at)
    seen(submission, at)
    assert public_names() == ["The Association", "Turku"]
    correct(part, answer(consents=(), name="Turku"), at=at + timedelta(minutes=1))
    assert public_names() == ["The Association"]


def test_an_organisation_that_takes_part_elsewhere_too_is_not_changed_there(campaign, submission, at):
    elsewhere = SubmissionFactory(campaign=campaign, organisation__name="The City")
    shared = elsewhere.participations.get().organisation
    part = PartnerFactory(submission=submission, organisation=shared)
    confirm(part, answer(), read=submission.latest, at=at)
    shared.refresh_from_db()
    part.refresh_from_db()
    assert shared.name == "The City"
    assert part.organisation.name == "The City of Turku"
    assert part.organisation != shared


def test_removing_a_confirmed_partner_takes_it_down_and_tells_it(submission, at):
    part = confirm(PartnerFactory(submission=submission), answer(), read=submission.latest, at=at)
    perform(part, "remove", by=OWNER, at=at)
    assert public_names() == ["The Association"]
    mail = compose(Mail.objects.get(letter="partner_removed"))
    assert mail.to == [part.contact_email]


def test_removing_who_never_answered_writes_no_letter_and_stops_the_one_under_way(submission, at):
    part = invite(submission, invitation(), by=OWNER, at=at)
    perform(part, "remove", by=OWNER, at=at)
    assert compose(Mail.objects.get()) is None


def test_withdrawing_tells_the_confirmed_and_then_forgets_all_partners(submission, at):
    confirmed = PartnerFactory(submission=submission, state=State.CONFIRMED)
    invited = PartnerFactory(submission=submission, message="Please")
    perform_on_submission(submission, "withdraw", by=OWNER, at=at)
    forget_partners(at)
    confirmed.refresh_from_db()
    assert confirmed.contact_email  # the letter has not left yet
    mail = Mail.objects.get(letter="partner_ended")
    assert compose(mail).to == [confirmed.contact_email]
    Mail.objects.filter(pk=mail.pk).update(state=Mail.State.SENT)
    forget_partners(at)
    for part in (confirmed, invited):
        part.refresh_from_db()
        assert (part.contact_name, part.contact_email, part.message) == ("", "", "")
        assert links.partner_opened(links.partner_token(part)) == part


def test_erasing_forgets_partners_at_once(campaign, at):
    submission = SubmissionFactory(campaign=campaign, status=Status.WITHDRAWN)
    part = PartnerFactory(submission=submission, state=State.CONFIRMED, message="Please")
    erase(submission, by=actors.coordinator(UserFactory()), at=at)
    part.refresh_from_db()
    assert (part.contact_name, part.contact_email, part.message) == ("", "", "")
    assert part.organisation.name == ""


def test_a_partner_asks_for_its_lost_link_like_a_sender(submission, at):
    from pledges.reminding import mail_links

    gone = PartnerFactory(submission=submission, state=State.REMOVED, contact_email="gone@example.org")
    part = PartnerFactory(submission=submission, contact_email="Pia@example.org")
    assert mail_links("pia@example.org", language="en", at=at)
    mail = compose(Mail.objects.get())
    assert mail.to == ["Pia@example.org"]
    assert links.partner_url(part, "en") in mail.body
    assert not mail_links(gone.contact_email, language="en", at=at)


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_partners_are_written_to_in_their_own_language(language, submission, at):
    invite(submission, invitation(language=language), by=OWNER, at=at)
    assert f"/{language}/partner/" in compose(Mail.objects.get()).body


def test_a_draft_with_partners_is_sent_as_any_other(campaign, at):
    submission = SubmissionFactory(campaign=campaign, status=Status.DRAFT)
    PartnerFactory(submission=submission, state=State.CONFIRMED)
    assert send(submission, at=at).status == Status.SUBMITTED
