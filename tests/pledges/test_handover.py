"""The lead goes to a partner that takes it on, or a submission to another contact person; old links end."""

from dataclasses import fields, replace
from datetime import timedelta

import pytest
from wagtail.models import ModelLogEntry

from campaign.models import PublicItem
from home.mail import compose
from home.models import Mail
from pledges import actors, consent, links, publishing, unsent, unsent_links, unsent_reminding, versions
from pledges.actors import OWNER, Actor
from pledges.handover import take_lead, transfer
from pledges.lifecycle import Refused
from pledges.models import Participation, Purpose, Status, Submission, UnsentForm
from pledges.partner_acts import State
from pledges.partners import perform
from pledges.submitting import Contact, Giver, Sending, receive
from pledges.surfaces import in_force
from tests.factories import PartnerFactory, SubmissionFactory, UnsentFormFactory, UserFactory

ALL = list(Purpose)


@pytest.fixture
def submission(campaign, at) -> Submission:
    submission = SubmissionFactory(
        campaign=campaign,
        status=Status.IN_REVIEW,
        consents=ALL,
        organisation__name="The Association",
        second_name="Second",
        second_email="second@example.org",
        contact_phone="040",
    )
    publishing.refresh(submission, at=at)
    return submission


@pytest.fixture
def part(submission, at) -> Participation:
    """A confirmed partner that was asked to lead."""
    part = PartnerFactory(submission=submission, state=State.CONFIRMED, organisation__name="The City")
    return perform(part, "offer_lead", by=OWNER, at=at)


def take(part: Participation, given, at) -> Participation:
    return take_lead(part, given, wordings=consent.current_wordings(), language="sv", at=at)


def test_roles_and_contact_swap_and_both_are_told_with_new_links(submission, part, at):
    was = (submission.contact_name, submission.contact_email)
    old_links = links.token(submission, links.OWN), links.partner_token(part)
    take(part, ALL, at)
    submission.refresh_from_db()
    old = submission.participations.get(role="partner")
    new = submission.participations.get(role="lead")
    assert (new.organisation.name, old.organisation.name) == ("The City", "The Association")
    assert (submission.contact_name, submission.contact_email) == (part.contact_name, part.contact_email)
    assert (submission.contact_phone, submission.second_name, submission.second_email) == ("", "", "")
    assert submission.mail_language == "sv"
    assert (old.contact_name, old.contact_email, old.state) == (*was, State.CONFIRMED)
    assert old.confirmed_version == submission.latest
    assert links.opened(old_links[0], links.OWN, at=at) is None
    assert links.partner_opened(old_links[1]) is None
    taken, given = (compose(Mail.objects.get(letter=name)) for name in ("lead_taken", "lead_given"))
    assert (taken.to, given.to) == ([part.contact_email], [was[1]])
    assert links.own_url(submission, "sv") in taken.body
    assert links.partner_url(old, old.language) in given.body
    assert ModelLogEntry.objects.filter(action="pledges.partner_take_lead").count() == 1


def test_the_public_copy_goes_on_with_what_the_new_lead_allows(submission, part, at):
    published = PublicItem.objects.get().published_at
    take(part, [Purpose.TEXT, Purpose.ORGANISATION], at)
    item = PublicItem.objects.get()
    assert item.published_at == published
    assert [(each["name"], each["role"]) for each in item.organisations] == [
        ("The City", "lead"),
        ("The Association", "partner"),
    ]
    assert not item.contactable


def test_what_the_new_lead_does_not_allow_is_taken_down(submission, part, at):
    take(part, [], at)
    assert not PublicItem.objects.exists()
    assert in_force(submission).get(part.pk) is None


def test_nobody_takes_a_lead_twice_or_unasked(submission, part, at):
    other = PartnerFactory(submission=submission, state=State.CONFIRMED)
    with pytest.raises(Refused, match="has not asked"):
        take(other, ALL, at)
    take(part, ALL, at)
    with pytest.raises(Refused, match="not yours"):
        take(part, ALL, at)
    assert submission.participations.filter(role="lead").count() == 1


def test_an_offer_taken_back_cannot_be_taken_up(part, at):
    perform(part, "keep_lead", by=OWNER, at=at)
    with pytest.raises(Refused, match="has not asked"):
        take(part, ALL, at)


def test_a_partner_that_leaves_is_no_longer_asked(part, at):
    perform(part, "decline", by=actors.PARTNER, at=at)
    part.refresh_from_db()
    assert part.lead_offered_at is None


def test_the_lead_goes_there_and_back(submission, part, at):
    take(part, ALL, at)
    submission.refresh_from_db()
    old = submission.participations.get(role="partner")
    perform(old, "offer_lead", by=OWNER, at=at)
    take(old, ALL, at)
    submission.refresh_from_db()
    assert submission.participations.get(role="lead").organisation.name == "The Association"
    assert submission.contact_email == old.contact_email


TYPED = [
    ["title", "A tea house"],
    ["contact_name", "Maija"],
    ["contact_phone", "040"],
    ["second_name", "Second"],
]


@pytest.fixture
def begun(submission, at) -> UnsentForm:
    """A change that the former contact has begun, with another tab's text beside it."""
    form = UnsentFormFactory(
        campaign=submission.campaign,
        submission=submission,
        key=unsent.edit_key(submission),
        kind="pledge",
        data=TYPED,
    )
    form.texts.create(saved_by="other", number=1, data=TYPED, saved_at=at)
    return form


def passed_on(begun: UnsentForm, at) -> list:
    """What is left in a begun change, after the former's links are seen to be dead and the next reminder composed."""
    quiet = unsent_links.token(begun, unsent_links.QUIET)
    begun.refresh_from_db()
    assert unsent_links.opened(quiet, unsent_links.QUIET) is None
    Mail.objects.all().delete()
    unsent_reminding.remind(begun.campaign.deadline - timedelta(days=1))
    letter, submission = compose(Mail.objects.get()), Submission.objects.get()
    assert letter.to == [submission.contact_email]
    assert unsent_links.url(begun, submission.mail_language) in letter.body
    assert begun.texts.get().data == begun.data
    return begun.data


def test_a_begun_change_follows_the_lead_without_the_former_people(submission, part, begun, at):
    take(part, ALL, at)
    name = part.contact_name
    assert passed_on(begun, at) == [
        ["title", "A tea house"],
        ["contact_name", name],
        ["contact_phone", ""],
        ["second_name", ""],
    ]


def test_a_begun_change_follows_to_another_contact_person(submission, begun, by, at):
    UnsentForm.objects.update(wants_reminders=False)
    transfer(submission, "New", "new@example.org", by=by, at=at)
    assert passed_on(begun, at) == [
        ["title", "A tea house"],
        ["contact_name", "New"],
        ["contact_phone", ""],
        ["second_name", "Second"],
    ]


def test_what_renews_it_in_a_later_campaign_follows_and_its_old_pages_and_links_are_worthless(
    submission, by, at
):
    later = UnsentFormFactory(renews=submission, email=submission.contact_email, data=TYPED)
    old, old_key = unsent_links.token(later, unsent_links.UNSENT), later.key
    transfer(submission, "New", "new@example.org", by=by, at=at)
    later.refresh_from_db()
    assert (later.renews, later.email) == (submission, "new@example.org")
    assert dict(later.data)["contact_name"] == "New"
    assert unsent_links.opened(old, unsent_links.UNSENT) is None
    assert later.key != old_key


@pytest.mark.parametrize("act", ["transfer", "take_lead"])
def test_the_form_with_which_it_was_sent_changes_nothing_of_it_any_more(act, submission, part, by, at):
    def again(title: str) -> Submission:
        lead = submission.participations.select_related("organisation").get(role="lead").organisation
        sending = Sending(
            form_key=form_key,
            kind=submission.kind,
            text=replace(versions.read(submission.latest), title=title),
            giver=Giver(**{each.name: getattr(lead, each.name) for each in fields(Giver)}),
            contact=Contact(**{each.name: getattr(submission, each.name) for each in fields(Contact)}),
        )
        return receive(sending, campaign=submission.campaign, language="en", at=at)

    form_key = submission.form_key
    assert again("While it is theirs") == submission
    if act == "transfer":
        transfer(submission, "New", "new@example.org", by=by, at=at)
    else:
        take(part, ALL, at)
    submission.refresh_from_db()
    assert again("Hijacked") != submission
    assert submission.versions.latest("number").title == "While it is theirs"


def test_new_links_end_the_old_ones_to_what_was_begun_with_its_text(submission, begun, at):
    later = UnsentFormFactory(renews=submission)
    old = [(unsent_links.token(form, scope), scope) for form, scope in ((begun, "quiet"), (later, "unsent"))]
    links.revoke_and_send(submission, by=OWNER, at=at)
    assert [unsent_links.opened(token, scope) for token, scope in old] == [None, None]
    assert unsent.of_submission(submission) == begun


@pytest.fixture
def by(db) -> Actor:
    return actors.coordinator(UserFactory())


def test_a_coordinator_gives_it_to_the_second_contact(submission, by, at):
    old = links.token(submission, links.OWN)
    transfer(submission, "Second", "Second@example.org", by=by, at=at)
    submission.refresh_from_db()
    assert (submission.contact_name, submission.contact_email) == ("Second", "Second@example.org")
    assert (submission.contact_phone, submission.second_name, submission.second_email) == ("", "", "")
    assert links.opened(old, links.OWN, at=at) is None
    mail = compose(Mail.objects.get())
    assert mail.to == ["Second@example.org"]
    assert links.own_url(submission, "en") in mail.body
    entry = ModelLogEntry.objects.get(action="pledges.transfer")
    assert (entry.user, entry.data) == (by.user, {})


def test_a_new_address_leaves_the_second_contact(submission, by, at):
    transfer(submission, "New", "new@example.org", by=by, at=at)
    submission.refresh_from_db()
    assert (submission.second_name, submission.second_email) == ("Second", "second@example.org")


@pytest.mark.parametrize("status", Status.values)
def test_what_has_ended_is_transferred_to_nobody(status, campaign, by, at):
    submission = SubmissionFactory(campaign=campaign, status=status)
    if status in {Status.WITHDRAWN, Status.INELIGIBLE, Status.SPAM}:
        with pytest.raises(Refused, match="has ended"):
            transfer(submission, "New", "new@example.org", by=by, at=at)
    else:
        transfer(submission, "New", "new@example.org", by=by, at=at)


def test_only_coordinators_transfer_and_only_what_was_confirmed(campaign, submission, by, at):
    for actor in (OWNER, actors.PARTNER, actors.SYSTEM):
        with pytest.raises(Refused, match="not yours"):
            transfer(submission, "New", "new@example.org", by=actor, at=at)
    unproven = SubmissionFactory(campaign=campaign, confirmed_at=None)
    with pytest.raises(Refused, match="has not confirmed"):
        transfer(unproven, "New", "new@example.org", by=by, at=at)
