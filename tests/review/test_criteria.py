from decimal import Decimal

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from review import criteria as rules
from review import scoring
from review.models import Criterion, Review
from tests import factories


@pytest.fixture
def reviewed(assigned, criteria, reviewer, at) -> Review:
    given = {criteria[0].pk: 4, criteria[1].pk: 1}
    return scoring.hand_in(
        assigned, reviewer, scoring.Judgement(version=assigned.screened_id, points=given), at=at
    )


def test_a_criterion_may_be_added_until_a_review_is_handed_in(campaign, criteria):
    assert rules.refusal(Criterion(), {"campaign": campaign}) is None


def test_only_optional_criteria_are_added_to_reviews_that_are_whole(campaign, reviewed):
    assert "must be optional" in rules.refusal(Criterion(), {"campaign": campaign})
    assert rules.refusal(Criterion(), {"campaign": campaign, "is_required": False}) is None
    assert rules.refusal(Criterion(), {"campaign": campaign, "kind": "initiative"}) is None


def test_a_scale_is_never_shorter_than_points_that_were_given(campaign, criteria, reviewed):
    assert "Points up to 4" in rules.refusal(criteria[0], {"campaign": campaign, "max_points": 3})
    assert rules.refusal(criteria[0], {"campaign": campaign, "max_points": 4}) is None


def test_reviews_that_were_handed_in_stay_whole(campaign, criteria, reviewed):
    optional = factories.CriterionFactory(campaign=campaign, is_required=False)
    foreign = factories.CriterionFactory(campaign=campaign, kind="initiative")
    assert "1 review" in rules.refusal(optional, {"campaign": campaign, "is_required": True})
    assert "1 review" in rules.refusal(foreign, {"campaign": campaign, "kind": ""})
    assert rules.refusal(criteria[0], {"campaign": campaign, "is_counted": False}) is None
    criteria[1].is_counted = False
    criteria[1].save()
    for values in ({"is_counted": False}, {"kind": "initiative"}):
        assert "1 review" in rules.refusal(criteria[0], {"campaign": campaign, **values})


def form_data(criterion, **changes) -> dict:
    names = {f"name_{code}": criterion.name for code in ("fi", "sv", "en")}
    questions = {f"question_{code}": criterion.question for code in ("fi", "sv", "en")}
    rows = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000}
    plain = {"campaign": criterion.campaign_id, "weight": criterion.weight, "max_points": 5, "position": 0}
    plain |= {"is_required": "on", "is_counted": "on"}
    return names | questions | plain | {f"points-{key}": value for key, value in rows.items()} | changes


@pytest.mark.parametrize(
    ("max_points", "points", "sentence"),
    [
        (11, 1, "A scale has at most 10 points."),
        (4, 5, "There is guidance for more than the highest points."),
        (5, 5, ""),
    ],
)
def test_a_scale_and_its_guidance_fit_together(
    max_points, points, sentence, criteria, coordinator, signed_in
):
    row = {
        "points": points,
        "id": "",
        "ORDER": 1,
        **{f"guidance_{code}": "Good" for code in ("fi", "sv", "en")},
    }
    data = form_data(criteria[0], max_points=max_points, **{"points-TOTAL_FORMS": 1})
    data |= {f"points-0-{name}": value for name, value in row.items()}
    page = reverse("criteria:edit", args=[criteria[0].pk])
    response = signed_in(coordinator).post(page, data)
    assert (sentence in response.text) if sentence else response.status_code == 302
    assert "criterion_scale" not in response.text
    assert criteria[0].points.count() == (0 if sentence else 1)


def test_the_admin_shows_first_what_new_weights_do(criteria, reviewed, campaign, coordinator, signed_in, at):
    other = factories.SubmissionFactory(campaign=campaign, status="in_review")
    factories.AssignmentFactory(submission=other, reviewer=reviewed.reviewer)
    points = {criteria[0].pk: 1, criteria[1].pk: 2}  # 1.93, and with 10 to 90: 3.10
    judgement = scoring.Judgement(version=other.screened_id, points=points)
    scoring.hand_in(other, reviewed.reviewer, judgement, at=at)
    url, client = reverse("criteria:edit", args=[criteria[0].pk]), signed_in(coordinator)
    data = form_data(criteria[0], weight=10)
    asked = client.post(url, data)
    effect = asked.context["effect"]
    assert (effect.changes, effect.reviews) == ({"weight": [60, 10]}, 2)
    assert effect.moves == [
        rules.Move(reference=other.reference, before=2, after=1),
        rules.Move(reference=reviewed.submission.reference, before=1, after=2),
    ]
    assert "2 reviews that were handed in are totalled anew" in asked.content.decode()
    assert Criterion.objects.get(pk=criteria[0].pk).weight == 60
    assert Review.objects.get(pk=reviewed.pk).total == Decimal("3.07")
    assert not ModelLogEntry.objects.filter(action="review.recompute").exists()
    # What was agreed to is this change, and no other.
    assert client.post(url, data | {"weight": 20, "sure": effect.stamp}).status_code == 200
    response = client.post(url, data | {"sure": effect.stamp})
    assert response.status_code == 302, response.context["form"].errors
    # 5 · (10 · 4/5 + 40 · 1/3) / 50 = 2.1333…
    assert Review.objects.get(pk=reviewed.pk).total == Decimal("2.13")
    entry = ModelLogEntry.objects.get(action="review.recompute")
    assert entry.data == {"changes": {"weight": [60, 10]}, "reviews": 2}
    assert entry.message == "Reviews totalled anew. Changed: weight, % 60 → 10"


def test_the_log_tells_kinds_and_answers_in_words():
    changes = {"kind": ["", "pledge"], "is_counted": [True, False]}
    entry = ModelLogEntry(action="review.recompute", data={"changes": changes})
    assert entry.message == "Reviews totalled anew. Changed: kind both kinds → Pledge; counted yes → no"
    assert ModelLogEntry(action="review.recompute", data={}).message == "Reviews totalled anew"


def test_words_of_a_criterion_change_without_a_question(criteria, reviewed, coordinator, signed_in):
    url = reverse("criteria:edit", args=[criteria[0].pk])
    response = signed_in(coordinator).post(url, form_data(criteria[0], name_en="Effects"))
    assert response.status_code == 302
    assert not ModelLogEntry.objects.filter(action="review.recompute").exists()
    assert "name_en" in ModelLogEntry.objects.get(action="wagtail.edit").data["fields"]


def test_yes_and_no_are_one_point_and_none(criteria, campaign, coordinator, signed_in):
    url = reverse("criteria:edit", args=[criteria[0].pk])
    response = signed_in(coordinator).post(url, form_data(criteria[0], is_yes_or_no="on", max_points=""))
    assert response.status_code == 302, response.context["form"].errors
    stored = Criterion.objects.get(pk=criteria[0].pk)
    assert (stored.is_yes_or_no, stored.max_points) == (True, 1)


def test_the_admin_says_why_a_scale_cannot_be_shorter(criteria, reviewed, coordinator, signed_in):
    url = reverse("criteria:edit", args=[criteria[0].pk])
    response = signed_in(coordinator).post(url, form_data(criteria[0], max_points=3))
    assert response.status_code == 200
    assert "Points up to 4 have been given" in response.content.decode()


def test_a_criterion_stays_in_its_campaign(criteria):
    other = factories.CampaignFactory()
    assert "stays in its campaign" in rules.refusal(criteria[0], {"campaign": other, "max_points": 5})
    assert rules.refusal(criteria[0], {"campaign": criteria[0].campaign, "max_points": 5}) is None


def test_weights_and_totals_change_together_or_not_at_all(
    criteria, reviewed, coordinator, signed_in, monkeypatch
):
    def fail(*args, **kwargs):
        raise ArithmeticError

    monkeypatch.setattr(scoring, "weighted_total", fail)
    client = signed_in(coordinator)
    client.raise_request_exception = False
    url = reverse("criteria:edit", args=[criteria[0].pk])
    assert client.post(url, form_data(criteria[0], weight=40)).status_code == 500
    assert Criterion.objects.get(pk=criteria[0].pk).weight == 60


RECORDS = ["criteria", "award_categories", "reason_phrases", "reviews", "decisions", "conflicts"]


@pytest.mark.parametrize("name", RECORDS)
def test_coordinators_list_the_records_and_reviewers_do_not(name, coordinator, reviewer, reviewed, signed_in):
    assert signed_in(coordinator).get(reverse(f"{name}:index")).status_code == 200
    assert signed_in(reviewer).get(reverse(f"{name}:index")).status_code in {302, 403}


@pytest.mark.parametrize("name", ["reviews", "decisions"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_reviews_and_decisions_are_exported(name, kind, reviewed, coordinator, signed_in):
    factories.DecisionFactory(submission=reviewed.submission)
    response = signed_in(coordinator).get(reverse(f"{name}:index"), {"export": kind})
    assert response.status_code == 200
    content = b"".join(response.streaming_content) if response.streaming else response.content
    assert reviewed.submission.reference.encode() in content or kind == "xlsx"


@pytest.mark.parametrize("name", ["reviews", "decisions"])
def test_nobody_edits_reviews_or_decisions_in_the_admin(
    name, reviewed, coordinator, administrator, signed_in
):
    decision = factories.DecisionFactory(submission=reviewed.submission)
    pk = {"reviews": reviewed.pk, "decisions": decision.pk}[name]
    for person in (coordinator, administrator):
        for view in ("edit", "delete"):
            response = signed_in(person).get(reverse(f"{name}:{view}", args=[pk]))
            assert response.status_code in {302, 403}
