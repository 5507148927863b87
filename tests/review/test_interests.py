"""Conflicts of interest: noted, and what that ends; lifted, and what stays."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from campaign import programme
from home.models import Mail, User
from pledges import partner_acts, partners
from pledges.actors import PARTNER
from pledges.lifecycle import Refused
from pledges.models import Status
from review import interests, procedures, profiles, scoring
from review.assignments import assign
from review.models import (
    Assignment,
    ConflictOfInterest,
    InterestDeclaration,
    Procedure,
    Review,
    ReviewerProfile,
    Standing,
)
from review.sight import visible_to
from tests import factories

Source = ConflictOfInterest.Source
BECAUSE = "They have never met."


def standing() -> set[tuple[int, int, str]]:
    return set(ConflictOfInterest.objects.standing().values_list("submission", "person", "source"))


def works_there(person: User, domain: str = "kotiapu.fi") -> None:
    User.objects.filter(pk=person.pk).update(email=f"person{person.pk}@{domain}")


@pytest.fixture
def tied(assigned, reviewer):
    """A submission of the reviewer's, whose giver has the same mail domain; nobody has looked yet."""
    works_there(reviewer)
    type(assigned).objects.filter(pk=assigned.pk).update(contact_email="giver@kotiapu.fi")
    return assigned


def test_what_is_found_ends_sight_draft_and_assignment_and_is_logged(campaign, tied, reviewer, at):
    factories.ReviewFactory(submission=tied, reviewer=reviewer)
    assert interests.find(campaign, at=at) == 1
    assert standing() == {(tied.pk, reviewer.pk, Source.FOUND)}
    assert (Review.objects.count(), Assignment.objects.count()) == (0, 0)
    assert not visible_to(reviewer).exists()
    entry = ModelLogEntry.objects.get(action="review.find_conflict")
    assert (entry.user, entry.data) == (None, {"person": reviewer.pk, "source": "found"})
    assert interests.find(campaign, at=at) == 0


@pytest.mark.parametrize(("phase", "number"), [("call", 1), ("review", 1), ("results", 0), ("follow_up", 0)])
def test_ties_are_looked_for_again_while_the_call_or_the_review_lasts(phase, number, campaign, tied, at):
    for kind, opens_at, closes_at in factories.laid_around(at, on=phase):
        campaign.phases.filter(kind=kind).update(opens_at=opens_at, closes_at=closes_at)
    interests.find_again(at)
    assert len(standing()) == number


def first_of(queries, table: str) -> int:
    return next(place for place, query in enumerate(queries) if f'FROM "{table}"' in query["sql"])


def test_submissions_are_held_before_settings_and_profiles(campaign, tied, reviewer, coordinator, at):
    """One order for all, so that nobody waits for somebody who waits for them."""
    with CaptureQueriesContext(connection) as queries:
        procedures.change(campaign, {"is_blind": True}, [], by=coordinator, at=at)
    assert first_of(queries, "pledges_submission") < first_of(queries, "review_procedure")
    with CaptureQueriesContext(connection) as queries:
        profiles.save(campaign, reviewer, themes=[], regions=[], employer="A", by=coordinator, at=at)
    assert first_of(queries, "pledges_submission") < first_of(queries, "review_reviewerprofile")


def test_what_is_declared_and_what_is_found_is_held_in_one_go(campaign, tied, reviewer, at):
    other = factories.SubmissionFactory(campaign=campaign, status=Status.IN_REVIEW)
    with CaptureQueriesContext(connection) as queries:
        interests.declare(campaign, reviewer, [other.participations.get().organisation.name], at=at)
    in_order = [q["sql"] for q in queries if f"IN ({tied.pk}, {other.pk})" in q["sql"]]
    assert "ORDER BY 1 ASC" in in_order[0]
    assert standing() == {
        (tied.pk, reviewer.pk, Source.FOUND),
        (other.pk, reviewer.pk, Source.BEFOREHAND),
    }


def test_nothing_is_assigned_against_a_tie_that_nobody_has_noted(tied, reviewer, coordinator, at):
    Assignment.objects.all().delete()
    with pytest.raises(Refused, match="conflict of interest"):
        assign([tied], [reviewer], by=coordinator, at=at)
    assert standing() == {(tied.pk, reviewer.pk, Source.FOUND)}


def test_a_profile_an_address_and_a_group_are_looked_at_when_they_change(assigned, coordinator, reviewer):
    name = assigned.participations.get().organisation.name
    profile = ReviewerProfile.objects.create(campaign=assigned.campaign, person=reviewer)
    assert standing() == set()
    profile.employer = name
    profile.save()
    type(assigned).objects.filter(pk=assigned.pk).update(contact_email="giver@kotiapu.fi")
    coordinator.email = "coordinator@kotiapu.fi"
    coordinator.save()
    newcomer = factories.UserFactory(email="new@kotiapu.fi")
    newcomer.groups.add(*coordinator.groups.all())
    assert {person for _submission, person, _source in standing()} == {
        reviewer.pk,
        coordinator.pk,
        newcomer.pk,
    }


def test_a_partner_that_confirms_ties_its_people(in_review, coordinator, reviewer, at):
    works_there(reviewer)
    works_there(coordinator)
    campaign = in_review.campaign
    campaign.partners_until = at + factories.DAY
    campaign.save()
    part = factories.PartnerFactory(submission=in_review, contact_email="p@kotiapu.fi")
    assert partner_acts.allowed(part, by=PARTNER, at=at) == ["confirm", "decline"]
    partners.perform(part, "confirm", by=PARTNER, at=at)
    assert {person for _submission, person, _source in standing()} == {reviewer.pk, coordinator.pk}


def test_a_lifted_conflict_stays_on_record_and_is_not_found_again(campaign, tied, reviewer, coordinator, at):
    interests.find(campaign, at=at)
    lifted = interests.lift(ConflictOfInterest.objects.get(), because=BECAUSE, by=coordinator, at=at)
    assert interests.find(campaign, at=at) == 0
    assert (lifted.lifted_at, lifted.lifted_by, lifted.lifted_because) == (at, coordinator, BECAUSE)
    assert standing() == set()
    assert ConflictOfInterest.objects.get() == lifted
    entry = ModelLogEntry.objects.get(action="review.lift_conflict")
    assert (entry.user, entry.data) == (coordinator, {"person": reviewer.pk})


def test_declared_anew_a_lifted_conflict_stands_again(assigned, reviewer, coordinator, at):
    conflict = interests.declare_conflict(assigned, reviewer, at=at)
    interests.lift(conflict, because=BECAUSE, by=coordinator, at=at)
    interests.declare_conflict(assigned, reviewer, at=at)
    again = ConflictOfInterest.objects.get()
    assert (again.lifted_at, again.lifted_by, again.lifted_because) == (None, None, "")


def test_a_review_counts_again_when_the_conflict_is_lifted(assigned, criteria, reviewer, coordinator, at):
    points = {criterion.pk: 3 for criterion in criteria}
    scoring.hand_in(assigned, reviewer, scoring.Judgement(version=assigned.screened_id, points=points), at=at)
    conflict = interests.declare_conflict(assigned, reviewer, at=at)
    assert not Standing.objects.exists()
    interests.lift(conflict, because=BECAUSE, by=coordinator, at=at)
    assert Standing.objects.get().reviews == 1


def test_nobody_lifts_their_own_nor_without_a_reason_nor_twice(in_review, coordinator, administrator, at):
    conflict = interests.declare_conflict(in_review, coordinator, at=at)
    for by, because, match in ((coordinator, BECAUSE, "another"), (administrator, " ", "why")):
        with pytest.raises(Refused, match=match):
            interests.lift(conflict, because=because, by=by, at=at)
    interests.lift(conflict, because=BECAUSE, by=administrator, at=at)
    with pytest.raises(Refused, match="already"):
        interests.lift(conflict, because=BECAUSE, by=administrator, at=at)


def test_what_is_declared_beforehand_binds_now_and_later(campaign, assigned, reviewer, at):
    name = assigned.participations.get().organisation.name
    interests.declare(campaign, reviewer, [name], at=at)
    assert standing() == {(assigned.pk, reviewer.pk, Source.BEFOREHAND)}
    later = factories.SubmissionFactory(campaign=campaign, organisation__name=name)
    interests.find_in([later], at=at)
    assert (later.pk, reviewer.pk, Source.BEFOREHAND) in standing()


def test_taking_an_answer_back_lifts_nothing_and_answering_anew_sets_it_again(
    campaign, assigned, reviewer, coordinator, at
):
    name = assigned.participations.get().organisation.name
    interests.declare(campaign, reviewer, [name], at=at)
    interests.declare(campaign, reviewer, [], at=at)
    assert len(standing()) == 1
    interests.lift(ConflictOfInterest.objects.get(), because=BECAUSE, by=coordinator, at=at)
    interests.declare(campaign, reviewer, [], at=at)
    assert standing() == set()
    interests.declare(campaign, reviewer, [name], at=at)
    assert len(standing()) == 1
    assert InterestDeclaration.objects.count() == 1


def test_the_list_has_each_name_once_by_the_alphabet_and_no_draft_s(campaign):
    for name, status in (("Yhdessä ry", "submitted"), ("aamu", "in_review"), ("Aamu", "declined")):
        factories.SubmissionFactory(campaign=campaign, status=status, organisation__name=name)
    for status in (Status.DRAFT, Status.SPAM):
        factories.SubmissionFactory(campaign=campaign, status=status)
    factories.PartnerFactory(submission=campaign.submissions.first())
    assert interests.names(campaign) == ["aamu", "Yhdessä ry"]


def test_the_admin_and_its_history_tell_nothing_of_what_is_in_conflict(in_review, coordinator, signed_in, at):
    log(in_review, "pledges.confirm", timestamp=at)
    Mail.objects.create(
        key=f"received:{in_review.reference}",
        letter="received",
        reference=in_review.reference,
        created_at=at,
        next_try_at=at,
    )
    admin = signed_in(coordinator)
    paths = [f"/admin/reports/site-history/{page}" for page in ("", "results/", "?export=csv")]
    paths += [reverse("mails:index"), reverse("public-items:index")]
    factories.PublicItemFactory(campaign=in_review.campaign, reference=in_review.reference)

    def told() -> list[bool]:
        answers = [admin.get(path) for path in paths]
        bodies = [b"".join(each.streaming_content) if each.streaming else each.content for each in answers]
        return [in_review.reference.encode() in body for body in bodies]

    assert told() == [True] * len(paths)
    factories.ConflictFactory(submission=in_review, person=coordinator)
    assert told() == [False] * len(paths)


def test_an_entry_of_the_programme_is_hidden_too(campaign, editor, signed_in, at):
    item = factories.PublicItemFactory(campaign=campaign, selected=True)
    submission = factories.SubmissionFactory(campaign=campaign, reference=item.reference)
    programme.compile_programme(campaign, at=at)
    desk = signed_in(editor)
    pages = [reverse("desk:programme_texts", args=[item.reference]), reverse("desk:programme")]
    assert all(item.title in desk.get(page).content.decode() for page in pages)
    factories.ConflictFactory(submission=submission, person=editor)
    assert [desk.get(page).status_code for page in pages] == [404, 200]
    assert item.title not in desk.get(pages[1]).content.decode()


def test_a_procedure_stays_blind_once_a_review_was_handed_in(in_review, coordinator, reviewer, at):
    campaign = in_review.campaign
    assert procedures.change(
        campaign, {"is_blind": True, "reviews_wanted": 4}, [in_review], by=coordinator, at=at
    )
    assert not procedures.change(campaign, {"is_blind": True}, [in_review], by=coordinator, at=at)
    factories.ReviewFactory(submission=in_review, reviewer=reviewer, total=3, handed_in_at=at)
    with pytest.raises(Refused, match="first review"):
        procedures.change(campaign, {"is_blind": False}, [], by=coordinator, at=at)
    factories.ConflictFactory(submission=in_review, person=coordinator)
    assert procedures.change(campaign, {"reviews_wanted": 5}, [], by=coordinator, at=at)
    stored = Procedure.objects.get()
    assert (stored.is_blind, stored.reviews_wanted) == (True, 5)
    assert list(stored.calibration.all()) == [in_review]
