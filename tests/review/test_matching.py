"""What of a campaign goes into a proposal."""

import pytest

from campaign.models import Region
from pledges.models import Status, Translation
from review.matching import ORIGINAL, REGION, THEME, available, facts
from review.models import Procedure, ReviewerProfile
from review.proposing import WORST
from tests import factories


@pytest.fixture
def other_theme(campaign):
    return factories.ThemeFactory(campaign=campaign)


def profile(campaign, person, *, themes=(), regions=(), **fields) -> ReviewerProfile:
    row = ReviewerProfile.objects.create(campaign=campaign, person=person, **fields)
    row.themes.set(themes)
    row.regions.set(regions)
    return row


def allowed(campaign, at) -> dict:
    return dict(facts(campaign, at=at).panel().misfits)


def test_nothing_can_fit_worse_than_the_solver_knows():
    assert THEME + REGION + ORIGINAL == WORST


def test_only_what_is_in_review_and_lacks_reviewers_is_to_be_given(
    campaign, in_review, reviewer, other_reviewer, at
):
    factories.SubmissionFactory(campaign=campaign, status=Status.SELECTED)
    factories.SubmissionFactory(campaign=campaign)
    factories.AssignmentFactory(submission=in_review, reviewer=reviewer)
    panel = facts(campaign, at=at).panel()
    assert panel.lacking == {in_review.pk: 2}
    assert panel.misfits == {(in_review.pk, other_reviewer.pk): 0}
    assert (panel.loads[reviewer.pk], panel.room) == (1, {reviewer.pk: 29, other_reviewer.pk: 30})
    Procedure.objects.create(campaign=campaign, reviews_wanted=1)
    assert facts(campaign, at=at).panel().lacking == {}


def test_a_reader_reads_the_text_or_a_passed_translation(campaign, in_review, reviewer, other_reviewer, at):
    profile(campaign, reviewer, languages=["fi"])
    profile(campaign, other_reviewer, languages=["sv", "en"])
    assert allowed(campaign, at) == {(in_review.pk, other_reviewer.pk): 0}
    translation = Translation.objects.create(
        submission=in_review, language="fi", of=in_review.screened, saved_at=at, title="Kahvila"
    )
    assert allowed(campaign, at) == {(in_review.pk, other_reviewer.pk): 0}
    translation.passed_at = at
    translation.save()
    assert allowed(campaign, at) == {
        (in_review.pk, reviewer.pk): ORIGINAL,
        (in_review.pk, other_reviewer.pk): 0,
    }


def test_without_a_profile_somebody_reads_their_own_language(
    campaign, in_review, reviewer, other_reviewer, at
):
    reviewer.language = "sv"
    reviewer.save()
    assert allowed(campaign, at) == {(in_review.pk, other_reviewer.pk): 0}


def test_themes_and_regions_of_a_profile_are_wishes_and_those_of_a_mandate_are_limits(
    campaign, in_review, reviewer, other_reviewer, other_theme, at
):
    here, there = Region.objects.all()[:2]
    in_review.screened.regions.add(here)
    profile(campaign, reviewer, themes=[other_theme], regions=[there])
    profile(campaign, other_reviewer, themes=[in_review.screened.theme], regions=[here])
    assert allowed(campaign, at) == {
        (in_review.pk, reviewer.pk): THEME + REGION,
        (in_review.pk, other_reviewer.pk): 0,
    }
    mandate = reviewer.mandates.create(campaign=campaign, given_at=at)
    assert len(allowed(campaign, at)) == 2
    mandate.themes.add(other_theme)
    assert allowed(campaign, at) == {(in_review.pk, other_reviewer.pk): 0}
    mandate.themes.add(in_review.screened.theme)
    assert len(allowed(campaign, at)) == 2


def test_a_region_is_known_by_its_municipalities_too_and_the_whole_country_is_everybodys(
    campaign, in_review, reviewer, other_reviewer, at
):
    here, there = Region.objects.all()[:2]
    profile(campaign, reviewer, regions=[there])
    assert allowed(campaign, at)[in_review.pk, reviewer.pk] == 0
    in_review.screened.municipalities.add(here.municipalities.first())
    assert allowed(campaign, at)[in_review.pk, reviewer.pk] == REGION
    in_review.screened.municipalities.add(there.municipalities.first())
    assert allowed(campaign, at)[in_review.pk, reviewer.pk] == 0


def test_conflicts_and_abstentions_bar_and_do_not_count_as_reviews(
    campaign, in_review, reviewer, other_reviewer, at
):
    factories.ConflictFactory(submission=in_review, person=reviewer)
    factories.AssignmentFactory(submission=in_review, reviewer=other_reviewer)
    factories.ReviewFactory(submission=in_review, reviewer=other_reviewer, abstained_at=at, abstention="Ill")
    panel = facts(campaign, at=at).panel()
    assert (panel.lacking, panel.misfits) == ({in_review.pk: 3}, {})
    assert panel.loads[other_reviewer.pk] == 0


def test_a_lifted_conflict_bars_no_more(campaign, in_review, reviewer, at):
    factories.ConflictFactory(
        submission=in_review, person=reviewer, lifted_at=at, lifted_because="Another of this name"
    )
    assert allowed(campaign, at) == {(in_review.pk, reviewer.pk): 0}


def test_whoever_left_or_works_elsewhere_takes_nothing_and_holds_only_what_they_handed_in(
    campaign, in_review, reviewer, other_reviewer, at
):
    profile(campaign, reviewer, left_at=at)
    other_reviewer.mandates.create(campaign=factories.CampaignFactory(), given_at=at)
    assert list(available(campaign, at=at)) == []
    factories.AssignmentFactory(submission=in_review, reviewer=reviewer)
    factories.AssignmentFactory(submission=in_review, reviewer=other_reviewer)
    factories.ReviewFactory(submission=in_review, reviewer=other_reviewer, handed_in_at=at, total="3.00")
    assert facts(campaign, at=at).lacking() == {in_review.pk: 2}


def test_the_facts_take_as_many_queries_for_twenty_as_for_two(
    campaign, reviewer, other_reviewer, at, django_assert_max_num_queries
):
    for number in (2, 18):
        people = factories.UserFactory.create_batch(number)
        rows = factories.SubmissionFactory.create_batch(number, campaign=campaign, status=Status.IN_REVIEW)
        for person, submission in zip(people, rows, strict=True):
            person.groups.set(reviewer.groups.all())
            profile(campaign, person, languages=["en"], themes=campaign.themes.all())
            person.mandates.create(campaign=campaign, given_at=at).themes.set(campaign.themes.all())
            factories.AssignmentFactory(submission=submission, reviewer=person)
        with django_assert_max_num_queries(15):
            facts(campaign, at=at)
