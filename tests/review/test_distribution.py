"""One's own totals beside all: after the own first review, and never where another person could be told."""

from decimal import Decimal

from review import distribution
from tests import factories


def given(campaign, reviewer, *totals: str, at) -> None:
    for total in totals:
        submission = factories.SubmissionFactory(campaign=campaign, status="in_review")
        factories.ReviewFactory(submission=submission, reviewer=reviewer, total=total, handed_in_at=at)


def test_nothing_before_the_own_first_review(campaign, reviewer, other_reviewer, at):
    given(campaign, other_reviewer, "3.00", at=at)
    assert distribution.of(reviewer, campaign) is None


def test_own_points_alone_while_few_have_handed_in(campaign, reviewer, other_reviewer, at):
    given(campaign, reviewer, "3.00", "5.00", at=at)
    given(campaign, other_reviewer, "1.00", at=at)
    found = distribution.of(reviewer, campaign)
    assert found.all is None
    assert (found.own.mean, found.own.reviews) == (Decimal("4.00"), 2)
    assert {row.all_share for row in found.bins} == {None}


def test_own_and_all_points_in_halves(campaign, reviewer, other_reviewer, coordinator, at):
    given(campaign, reviewer, "0.00", "3.49", "3.50", "5.00", at=at)
    given(campaign, other_reviewer, "3.99", at=at)
    given(campaign, coordinator, "3.60", "4.20", "4.30", at=at)
    found = distribution.of(reviewer, campaign)
    shares = {(row.lowest, row.own, row.own_share, row.all_share) for row in found.bins if row.all_share}
    assert shares == {
        (Decimal("0"), 1, 25, 12),
        (Decimal("3"), 1, 25, 12),
        (Decimal("3.5"), 1, 25, 38),
        (Decimal("4"), 0, 0, 25),
        (Decimal("4.5"), 1, 25, 12),
    }
    assert max(row.all_width for row in found.bins) == 100
    assert found.all.reviews == 8


def test_what_does_not_count_is_left_out(campaign, reviewer, at):
    given(campaign, reviewer, "3.00", at=at)
    review = reviewer.reviews.get()
    factories.ConflictFactory(submission=review.submission, person=reviewer)
    assert distribution.of(reviewer, campaign) is None
