import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from scipy import optimize
from wagtail.models import ModelLogEntry

from campaign.models import Theme
from pledges.lifecycle import Refused
from pledges.models import Status
from review import dropping_out, profiles, proposals
from review.calibration import give_round
from review.models import Assignment, AssignmentProposal, Procedure, Review, ReviewerProfile
from tests import factories


def pairs() -> set:
    return set(Assignment.objects.values_list("submission", "reviewer"))


@pytest.fixture
def two(campaign, in_review):
    return in_review, factories.SubmissionFactory(campaign=campaign, status=Status.IN_REVIEW)


@pytest.fixture
def proposal(campaign, two, reviewer, other_reviewer, coordinator, at) -> AssignmentProposal:
    """Both submissions to both reviewers; each lacks one review even so."""
    return proposals.make(campaign, by=coordinator, at=at)


def test_a_proposal_is_kept_and_assigns_nothing(proposal, two, reviewer, other_reviewer):
    expected = sorted([one.pk, person.pk] for one in two for person in (reviewer, other_reviewer))
    proposal.refresh_from_db()
    assert proposal.pairs == expected
    assert (proposal.unfilled, proposal.reviews_each) == ([[one.pk, 1] for one in two], 3)
    assert pairs() == set()


def test_conflicts_of_interest_are_looked_for_before_anything_is_proposed(
    campaign, in_review, reviewer, other_reviewer, coordinator, at
):
    name = in_review.participations.get().organisation.name
    ReviewerProfile.objects.create(campaign=campaign, person=reviewer, languages=["en"])
    ReviewerProfile.objects.update(employer=name)
    assert proposals.make(campaign, by=coordinator, at=at).pairs == [(in_review.pk, other_reviewer.pk)]
    assert in_review.conflicts.get().person == reviewer


def test_a_new_proposal_takes_the_place_of_the_open_one_only(campaign, proposal, coordinator, at):
    proposals.accept(proposal, by=coordinator, at=at)
    second = proposals.make(campaign, by=coordinator, at=at)
    third = proposals.make(campaign, by=coordinator, at=at)
    assert set(AssignmentProposal.objects.all()) == {proposal, third}
    assert (second.pairs, proposals.open_proposal(campaign)) == ([], third)


def test_a_proposal_that_is_replaced_is_logged_and_told(campaign, proposal, coordinator, signed_in):
    client, page = signed_in(coordinator), reverse("desk:propose")
    response = client.post(page)
    said = [str(message) for message in get_messages(response.wsgi_request)]
    assert said == [
        f"It takes the place of the proposal that {coordinator} had made and nobody had accepted."
    ]
    entry = ModelLogEntry.objects.get(action="review.discard_proposal")
    assert (entry.object_id, entry.user) == (str(proposal.pk), coordinator)


def test_what_cannot_be_worked_out_is_refused_and_the_open_proposal_stays(
    campaign, proposal, coordinator, signed_in, at, monkeypatch
):
    monkeypatch.setattr(proposals, "MOST_PAIRS", 3)
    with pytest.raises(Refused, match="too many"):
        proposals.make(campaign, by=coordinator, at=at)
    assert "too many" in signed_in(coordinator).post(reverse("desk:propose"), follow=True).text
    monkeypatch.setattr(proposals, "MOST_PAIRS", 4)
    monkeypatch.setattr(
        optimize, "linprog", lambda *args, **kwargs: optimize.OptimizeResult(success=False, message="")
    )
    with pytest.raises(Refused, match="No proposal"):
        proposals.make(campaign, by=coordinator, at=at)
    assert proposals.open_proposal(campaign) == proposal


def test_accepting_assigns_and_is_logged(proposal, two, coordinator, at):
    given = proposals.accept(proposal, by=coordinator, at=at)
    assert (len(given.made), given.refused) == (4, {})
    assert pairs() == {tuple(pair) for pair in proposal.pairs}
    assert ModelLogEntry.objects.get(action="review.accept_proposal").data == {"assignments": 4}
    lines = ModelLogEntry.objects.filter(action="review.assign")
    assert {line.object_id for line in lines} == {str(one.pk) for one in two}
    with pytest.raises(Refused, match="already"):
        proposals.accept(proposal, by=coordinator, at=at)
    with pytest.raises(Refused, match="already"):
        proposals.discard(proposal, by=coordinator, at=at)


def test_a_discarded_proposal_is_gone(proposal, coordinator, at):
    proposals.discard(proposal, by=coordinator, at=at)
    assert not AssignmentProposal.objects.exists()
    with pytest.raises(Refused, match="already"):
        proposals.accept(proposal, by=coordinator, at=at)


def test_what_has_become_impossible_meanwhile_is_left_out_and_told(
    campaign, proposal, two, reviewer, other_reviewer, coordinator, at
):
    first, second = two
    factories.ConflictFactory(submission=first, person=reviewer)
    ReviewerProfile.objects.create(campaign=campaign, person=other_reviewer, languages=["en"], most=1)
    given = proposals.accept(proposal, by=coordinator, at=at)
    assert pairs() == {(first.pk, other_reviewer.pk), (second.pk, reviewer.pk)}
    assert given.refused == {
        (first.pk, reviewer.pk): f"{reviewer} has a conflict of interest in {first.reference}.",
        (second.pk, other_reviewer.pk): f"{other_reviewer} has as many submissions as they take.",
    }


def test_every_rule_is_asked_again_when_a_proposal_is_accepted(
    campaign, proposal, two, reviewer, other_reviewer, coordinator, at
):
    first, second = two
    ReviewerProfile.objects.create(campaign=campaign, person=reviewer, left_at=at)
    ReviewerProfile.objects.create(campaign=campaign, person=other_reviewer, languages=["sv"])
    second.status = Status.WITHDRAWN
    second.save()
    given = proposals.accept(proposal, by=coordinator, at=at)
    assert pairs() == set()
    assert given.refused == {
        (first.pk, reviewer.pk): f"{reviewer} has dropped out.",
        (first.pk, other_reviewer.pk): f"{other_reviewer} does not read the language of {first.reference}.",
        (second.pk, reviewer.pk): f"{second.reference} is not in review.",
        (second.pk, other_reviewer.pk): f"{second.reference} is not in review.",
    }


def test_what_was_given_by_hand_meanwhile_is_neither_doubled_nor_refused(
    campaign, proposal, two, reviewer, other_reviewer, coordinator, at
):
    Procedure.objects.create(campaign=campaign, reviews_wanted=1)
    first, second = two
    factories.AssignmentFactory(submission=first, reviewer=reviewer)
    given = proposals.accept(proposal, by=coordinator, at=at)
    assert len(given.made) == 1
    assert set(given.refused.values()) == {f"{one.reference} has enough reviewers." for one in two}
    assert Assignment.objects.filter(submission=first).count() == 1
    assert Assignment.objects.filter(submission=second).count() == 1


def test_whoever_drops_out_keeps_what_they_handed_in_and_gives_back_the_rest(
    campaign, two, criteria, reviewer, coordinator, at
):
    done, begun = two
    for submission in two:
        factories.AssignmentFactory(submission=submission, reviewer=reviewer)
    factories.ReviewFactory(submission=done, reviewer=reviewer, handed_in_at=at, total="3.00")
    factories.ReviewFactory(submission=begun, reviewer=reviewer)
    assert dropping_out.drop_out(campaign, reviewer, by=coordinator, at=at) == 1
    assert dropping_out.drop_out(campaign, reviewer, by=coordinator, at=at) == 0
    assert pairs() == {(done.pk, reviewer.pk)}
    assert [review.submission for review in Review.objects.all()] == [done]
    assert ModelLogEntry.objects.get(action="review.drop_out").data == {"assignments": 1}
    dropping_out.come_back(campaign, reviewer, by=coordinator, at=at)
    assert profiles.of(campaign, reviewer).left_at is None


def test_everybody_who_can_gets_the_calibration_round(
    campaign, two, reviewer, other_reviewer, coordinator, at
):
    first, second = two
    procedure = Procedure.objects.create(campaign=campaign, reviews_wanted=1)
    procedure.calibration.add(first)
    ReviewerProfile.objects.create(campaign=campaign, person=other_reviewer, languages=["en"], most=1)
    factories.AssignmentFactory(submission=second, reviewer=other_reviewer)
    third = factories.UserFactory()
    third.groups.set(reviewer.groups.all())
    factories.ConflictFactory(submission=first, person=third)
    assert len(give_round(campaign, by=coordinator, at=at).made) == 2
    assert pairs() >= {(first.pk, reviewer.pk), (first.pk, other_reviewer.pk)}
    assert give_round(campaign, by=coordinator, at=at).made == []


def test_the_proposal_is_shown_with_its_balance_and_what_is_not_filled(
    proposal, signed_in, coordinator, reviewer, other_reviewer, two
):
    unread, hidden = two
    unread.screened.language = "so"
    unread.screened.save()
    factories.ConflictFactory(submission=hidden, person=coordinator)
    page = signed_in(coordinator).get(reverse("desk:proposal"))
    assert {(share.person, share.now, share.after) for share in page.context["shares"]} == {
        (reviewer, 0, 2),
        (other_reviewer, 0, 2),
    }
    assert [(each["submission"], each["lacking"]) for each in page.context["unfilled"]] == [(unread, 1)]
    assert "Nobody reads its language" in page.context["unfilled"][0]["why"]
    assert page.context["lacking"] == 2


def test_only_the_proposal_that_was_shown_is_accepted(proposal, campaign, signed_in, coordinator, at):
    client = signed_in(coordinator)
    newer = proposals.make(campaign, by=coordinator, at=at)
    client.post(reverse("desk:accept_proposal"), {"proposal": proposal.pk})
    assert pairs() == set()
    client.post(reverse("desk:accept_proposal"), {"proposal": newer.pk})
    assert len(pairs()) == 4


def test_a_profile_says_in_the_log_which_fields_changed(campaign, reviewer, coordinator, signed_in):
    theme = factories.ThemeFactory(campaign=campaign)
    url = reverse("desk:profile", args=[reviewer.pk])
    data = {"languages": ["fi", "sv"], "most": 12, "themes": [theme.pk], "employer": "City of Oulu"}
    assert signed_in(coordinator).post(url, data).status_code == 303
    profile = profiles.of(campaign, reviewer)
    assert (profile.languages, profile.most, profile.employer) == (["fi", "sv"], 12, "City of Oulu")
    assert list(profile.themes.all()) == [theme]
    signed_in(coordinator).post(url, data | {"most": 13})
    lines = ModelLogEntry.objects.filter(action="review.change_profile").order_by("pk")
    assert [line.data["fields"] for line in lines][1] == ["most"]
    assert Theme.objects.count() == 1
