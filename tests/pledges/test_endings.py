"""The three endings: a mark is planted in everything that people can write, and looked for afterwards."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from wagtail.log_actions import log

from campaign.models import Campaign, PublicFile, PublicItem, ReleasedEntry, StreamItem
from campaign.models.text import TRANSLATED
from campaign.programme import compile_programme, release_programme
from home.delivery import Delivery
from home.models import User
from pledges import (
    actors,
    consent,
    organisations,
    partners,
    pictures,
    public_files,
    publishing,
    translating,
    versions,
)
from pledges.confirming import confirm
from pledges.endings import ENDED, erase
from pledges.late_links import give_late_link
from pledges.lifecycle import TRANSITIONS, Refused, allowed, perform
from pledges.models import Organisation, Participation, Purpose, Status, Submission
from pledges.partner_acts import State
from pledges.revisions import correct, edit_refusal, pass_refusal, revise
from pledges.submitting import Giver
from pledges.timers import forget_partners
from review import awards
from review.models import AwardCategory, Decision, Meeting, Redaction, Review
from tests.factories import (
    PICTURE,
    AttachmentFactory,
    CampaignFactory,
    ConflictFactory,
    OrganisationFactory,
    PartnerFactory,
    SubmissionFactory,
    ThemeFactory,
    UnsentFormFactory,
    UserFactory,
    laid_around,
)

from .form import URL, filled, rows

MARK = "zebramark"
WRITTEN = (
    "title",
    "summary",
    "plain_summary",
    "description",
    "novelty",
    "target_groups",
    "participation",
    "delivery_languages",
    "organisation_name",
    "contact_name",
    "contact_phone",
    "second_name",
)
PRIVATE_TABLES = {
    "home_picture",
    "pledges_action",
    "pledges_attachment",
    "pledges_exchange",
    "pledges_organisation",
    "pledges_submission",
    "pledges_translation",
    "pledges_unsentform",
    "pledges_unsenttext",
    "pledges_version",
    "review_award",
    "review_conflictofinterest",
    "review_decision",
    "review_meetingcase",
    "review_redaction",
    "review_review",
    "taggit_tag",
    # What the administration's search knows of a picture.
    "wagtailsearch_indexentry",
    "wagtailsearch_indexentry_fts",
    "wagtailsearch_indexentry_fts_content",
    "wagtailsearch_indexentry_fts_data",
}


def where_the_mark_is() -> set[str]:
    """Every table that has it in any column of any row, written in any case."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            if any(MARK in str(value).casefold() for row in cursor.fetchall() for value in row):
                found.add(table)
    return found


def marked_form(theme) -> dict:
    return (
        filled(theme, kind="initiative", tags=f"#{MARK} #{MARK.title()}two")
        | {name: f"{name} {MARK} text" for name in WRITTEN}
        | {"contact_email": f"{MARK}@{MARK}.example", "second_email": f"second@{MARK}.example"}
        | {"website": f"https://{MARK}.example/", "business_id": "0737546-2"}
        | {f"consent_{purpose}": "on" for purpose in Purpose.values}
        | rows("actions", {"what": f"What {MARK}", "unit": MARK, "start": "1", "target": "2"})
        | rows("needs", {"what": f"Need {MARK}", "amount": MARK, "where": MARK})
        | rows("offers", {"what": f"Offer {MARK}", "amount": MARK, "where": MARK})
    )


@pytest.fixture
def campaign(db) -> Campaign:
    return CampaignFactory(is_current=True, phases=laid_around(timezone.now()))


@pytest.fixture
def by(db) -> actors.Actor:
    return actors.coordinator(UserFactory())


@pytest.fixture
def marked(campaign, by) -> Submission:
    """A submission with the mark in every field, that went the whole way into a released programme and an award."""
    at = timezone.now()
    answer = Client().post(URL, marked_form(ThemeFactory(campaign=campaign)))
    assert answer.status_code == 302
    submission = confirm(Submission.objects.get(), at=at)
    submission = perform(
        submission, "return", by=by, at=at, reason=f"Too {MARK}", correction_until=at + timedelta(1)
    )
    submission = perform(submission, "submit", by=actors.OWNER, at=at)
    words = {name: f"{name} {MARK} på svenska" for name in TRANSLATED}
    translating.translate(submission, "sv", words, of=submission.latest, base="", by=actors.OWNER, at=at)
    submission = perform(submission, "pass", by=by, at=at, authority_check=f"Called {MARK}")
    _reviewed(submission, by, at)
    _illustrated(submission, at)
    _joined(submission, at)
    submission = perform(submission, "select", by=by, at=at)
    _discussed(submission, by, at)
    _awarded(submission, by, at)
    compile_programme(campaign, at=at)
    release_programme(campaign, at=at)
    log(lead(submission).organisation, "wagtail.edit", user=by.user)
    change = UnsentFormFactory(campaign=campaign, submission=submission, data=[["title", f"New {MARK}"]])
    change.texts.create(saved_by="tab", number=1, data=[["title", f"Newer {MARK}"]], saved_at=at)
    renewal = [["title", f"Once more {MARK}"], ["contact_name", f"Ritva {MARK}"]]
    UnsentFormFactory(renews=submission, data=renewal, email=f"{MARK}@{MARK}.example")
    crossed = [["description", f"Kept while it was sent: {MARK}"]]
    UnsentFormFactory(campaign=campaign, key=submission.form_key, data=crossed)
    deliver(at)
    return submission


def deliver(at) -> None:
    while Delivery().deliver_next(at):
        pass


def _joined(submission: Submission, at) -> None:
    """One partner that has confirmed under its name, and one that asks to join."""
    part = PartnerFactory(submission=submission, contact_email=f"partner@{MARK}.example")
    answer = partners.Answer(
        giver=Giver(name=f"Partner {MARK}", kind="association"),
        contact_name=f"Pia {MARK}",
        consents=[Purpose.ORGANISATION],
        wordings=consent.current_wordings(),
        language="en",
    )
    partners.confirm(part, answer, read=submission.latest, at=at)
    asking = {"contact_name": f"Ask {MARK}", "message": f"We, {MARK}", "organisation__name": f"Choir {MARK}"}
    PartnerFactory(submission=submission, state=State.REQUESTED, **asking)


def _reviewed(submission: Submission, by: actors.Actor, at) -> None:
    version = submission.screened
    review = {"submission": submission, "reviewer": by.user, "version": version, "saved_at": at}
    Review.objects.create(comment=f"Good {MARK}", abstention=f"I know {MARK}", abstained_at=at, **review)
    Decision.objects.create(
        submission=submission,
        outcome=Decision.Outcome.SELECTED,
        reasons=f"As {MARK} says",
        decided_by=by.user,
        decided_at=at,
        released_at=at,
    )
    Redaction.objects.create(submission=submission, passage=f"{MARK} text", marked_by=by.user, marked_at=at)
    lifted = {"lifted_at": at, "lifted_by": by.user, "lifted_because": f"Left {MARK}"}
    ConflictFactory(submission=submission, **lifted)


def _discussed(submission: Submission, by: actors.Actor, at) -> None:
    """At a meeting of the panel that took notes."""
    people = {"chair": by.user, "secretary": by.user}
    meeting = Meeting.objects.create(campaign=submission.campaign, title="Panel", starts_at=at, **people)
    meeting.cases.create(submission=submission, position=1, notes=f"Somebody said {MARK}")


def _awarded(submission: Submission, by: actors.Actor, at) -> None:
    """With a picture that was sent for it."""
    category = AwardCategory.objects.create(
        campaign=submission.campaign, name="Best", description="For the best"
    )
    picture = awards.NewPicture(made=pictures.made_anew(PICTURE), shows=f"A full {MARK}")
    words = {"en": f"Because of {MARK}"}
    awards.give(category, submission, citations=words, picture=picture, by=by.user, at=at)


def _illustrated(submission: Submission, at) -> None:
    """With a passed picture and its public copy."""
    AttachmentFactory(submission=submission, name=f"{MARK}.png", description=f"A {MARK} hall", passed_at=at)
    public_files.copy_missing(submission.pk)
    assert PublicFile.objects.filter(description__contains=MARK).exists()


def lead(submission: Submission) -> Participation:
    return submission.participations.get(role=Participation.Role.LEAD)


def test_before_it_ends_the_mark_is_public(marked):
    assert "campaign_publicitem" in where_the_mark_is()
    assert MARK in PublicItem.objects.get().translations["sv"]["title"]
    assert set(ReleasedEntry.objects.get().texts) == {"en", "sv"}
    assert StreamItem.objects.filter(item__reference=marked.reference).count() == 2
    assert ReleasedEntry.objects.count() == 1


def test_withdrawing_the_consent_to_the_text_empties_the_public_side_at_once(marked):
    consent.record(lead(marked), [], language="en", at=timezone.now())
    assert where_the_mark_is() <= PRIVATE_TABLES | {"pledges_participation", "wagtailcore_modellogentry"}
    assert PublicItem.objects.count() == ReleasedEntry.objects.count() == 0
    assert not StreamItem.objects.exclude(kind=StreamItem.Kind.RELEASE).exists()
    marked.refresh_from_db()
    assert marked.status == Status.SELECTED


def test_after_withdrawing_the_submission_the_mark_is_only_in_the_sealed_rows(marked):
    at = timezone.now()
    perform(marked, "withdraw", by=actors.OWNER, at=at)
    deliver(at)
    forget_partners(at)
    assert where_the_mark_is() <= PRIVATE_TABLES | {"wagtailcore_modellogentry"}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("status", sorted(ENDED))
def test_after_the_erasure_the_mark_is_nowhere(status, marked, by):
    at = timezone.now()
    Submission.objects.filter(pk=marked.pk).update(status=status)
    erased = erase(marked, by=by, at=at)
    assert where_the_mark_is() == set()
    assert not PublicItem.objects.exists()
    assert publishing.refresh(marked, at=at) is None
    assert (erased.status, erased.erased_at) == (status, at)
    assert erased.reference == marked.reference
    assert lead(erased).consents.count() == len(Purpose)
    if connection.vendor == "sqlite":
        assert _files_with_the_mark() == []


def _files_with_the_mark() -> list[Path]:
    database = Path(connection.settings_dict["NAME"])
    files = [path for path in database.parent.glob(f"{database.name}*") if path.is_file()]
    return [path for path in files if MARK.encode() in path.read_bytes().lower()]


@pytest.mark.django_db(transaction=True)
def test_before_the_erasure_the_search_in_the_file_finds_the_mark(marked):
    """Else the test above would prove nothing."""
    if connection.vendor == "sqlite":
        assert _files_with_the_mark() != []


def test_an_erased_submission_gets_no_letters_and_opens_by_no_link(campaign, by, at):
    from pledges import links

    submission = SubmissionFactory(campaign=campaign, status=Status.WITHDRAWN)
    token = links.token(submission, links.OWN)
    erase(submission, by=by, at=at)
    assert links.opened(token, links.OWN, at=at) is None
    assert not Submission.objects.sent_from(submission.contact_email).exists()


def test_a_shared_organisation_and_a_shared_hashtag_stay(campaign, by, at):
    kept = SubmissionFactory(campaign=campaign, organisation__name="Both of us")
    organisation = lead(kept).organisation
    gone = SubmissionFactory(campaign=campaign, status=Status.WITHDRAWN, organisation=organisation)
    kept.latest.tags.add("common")
    gone.latest.tags.add("common", "alone")
    erase(gone, by=by, at=at)
    organisation.refresh_from_db()
    assert organisation.name == "Both of us"
    assert set(kept.latest.tags.names()) == {"common"}
    assert "alone" not in str(list(kept.latest.tags.model.objects.all()))


@pytest.mark.parametrize("status", Status.values)
def test_only_what_has_ended_can_be_erased(status, campaign, by, at):
    submission = SubmissionFactory(campaign=campaign, status=status)
    ended = {Status.DRAFT, Status.WITHDRAWN, Status.INELIGIBLE, Status.DECLINED, Status.SPAM}
    if status in ended:
        erase(submission, by=by, at=at)
    else:
        with pytest.raises(Refused, match="Only what has ended"):
            erase(submission, by=by, at=at)


def test_the_owner_cannot_erase_and_nobody_twice(campaign, by, at):
    submission = SubmissionFactory(campaign=campaign, status=Status.WITHDRAWN)
    with pytest.raises(Refused, match="not yours"):
        erase(submission, by=actors.OWNER, at=at)
    erase(submission, by=by, at=at)
    with pytest.raises(Refused, match="already"):
        erase(submission, by=by, at=at)


@pytest.mark.parametrize("status", sorted(ENDED))
def test_nothing_can_be_done_any_more_with_what_was_erased(status, campaign, by, at):
    submission = SubmissionFactory(campaign=campaign, status=status)
    text = versions.read(submission.latest)
    erased = erase(submission, by=by, at=at)
    for actor in (by, actors.OWNER, actors.SYSTEM):
        assert allowed(erased, by=actor, at=at) == []
    for name, transition in TRANSITIONS.items():
        with pytest.raises(Refused, match="erased already"):
            perform(erased, name, by=actors.Actor(transition.by), at=at)
    with pytest.raises(Refused, match="erased already"):
        give_late_link(erased, at + timedelta(days=1), by=by, at=at)
    for change in (lambda: revise(erased, text, base=None, at=at), lambda: _correct(erased, text, at)):
        with pytest.raises(Refused, match="no longer be changed"):
            change()
    assert edit_refusal(erased, at=at)
    assert "erased already" in pass_refusal(erased, by=by)


def _correct(submission: Submission, text: versions.Text, at) -> None:
    correct(submission, text, people={"contact_name": "Back again"}, giver={}, base=None, at=at)


def merged_step_by_step(first: Organisation, *others: Organisation, by: User) -> None:
    for organisation in others:
        organisations.merge(organisation, [first], by=by, at=timezone.now())
        first = organisation


def test_erasure_reaches_an_organisation_that_was_merged_step_by_step(campaign, by):
    submission = SubmissionFactory(campaign=campaign, status=Status.DECLINED, organisation__name=MARK)
    between, last = OrganisationFactory(name=f"{MARK} ry"), OrganisationFactory(name=f"The {MARK}")
    merged_step_by_step(lead(submission).organisation, between, last, by=by.user)
    erase(submission, by=by, at=timezone.now())
    assert where_the_mark_is() == set()


def test_erasure_empties_the_name_that_was_merged_into_one_that_others_know(campaign, by):
    submission = SubmissionFactory(campaign=campaign, status=Status.DECLINED, organisation__name=MARK)
    known = lead(SubmissionFactory(campaign=campaign, organisation__name="Known to others")).organisation
    merged_step_by_step(lead(submission).organisation, known, by=by.user)
    erase(submission, by=by, at=timezone.now())
    known.refresh_from_db()
    assert (where_the_mark_is(), known.name) == (set(), "Known to others")


def test_erasure_leaves_a_merged_name_that_another_submission_was_sent_under(campaign, by):
    shared = OrganisationFactory(name="Known to others")
    submission = SubmissionFactory(campaign=campaign, status=Status.DECLINED, organisation=shared)
    other = SubmissionFactory(campaign=campaign, organisation=shared)
    merged_step_by_step(shared, OrganisationFactory(), by=by.user)
    erase(submission, by=by, at=timezone.now())
    shared.refresh_from_db()
    assert (shared.name, lead(other).organisation.name != "") == ("Known to others", True)
