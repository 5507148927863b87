"""The forms of the desk, and those of one's own account."""

from collections.abc import Callable
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from campaign import programme
from campaign.references import new_reference
from home.models import User
from pledges.models import Organisation, Status, Submission
from review.models import Award, AwardCategory, Meeting, Nominee, Standing
from tests.factories import (
    AssignmentFactory,
    AwardCategoryFactory,
    ConflictFactory,
    CriterionFactory,
    DecisionFactory,
    OrganisationFactory,
    PublicItemFactory,
    UserFactory,
)

from .engine import Form
from .public import FEW, TRANSLATION, WHOLE

LATE = new_reference("KL")


def reference() -> str:
    return Submission.objects.get().reference


def in_days(number: int) -> Callable[[], str]:
    """A day and an hour as the desk's fields take it: so many days from now."""
    return lambda: (timezone.localtime() + timedelta(days=number)).strftime("%Y-%m-%dT%H:%M")


PAIRS = "reference,e-mail\nKL-0000-0000,person@example.org\n"
TABLE = "Otsikko,summary,description\nEka,Lyhyesti,Pitkästi\n"


def paper(world):
    return world.coordinator(), reverse("desk:enter")


def upload(world):
    return world.coordinator(), reverse("desk:import")


def pairs(world):
    return world.coordinator(), reverse("desk:assign_table")


def profile(world):
    return world.coordinator(), reverse("desk:profile", args=[world.reviewer().user.pk])


def columns(world):
    client, page = upload(world)
    file = SimpleUploadedFile("table.csv", TABLE.encode(), "text/csv")
    return client, page, client.post(page, {"file": file}).content.decode()


def sign_in(world):
    UserFactory(email="person@example.org")
    return Client(), reverse("account_login")


def one(world, *, status: str = Status.SUBMITTED, **fields):
    submission = world.sent(status=status, **fields)
    return world.coordinator(), reverse("desk:submission", args=[submission.reference])


def late(world):
    world.now_on("review")
    world.sent(status=Status.DRAFT, reference=LATE)
    return world.coordinator(), reverse("desk:submissions") + "?tab=late"


def dates(world):
    """The review leaves room for a later end of the call."""
    world.campaign.phases.filter(kind="review").update(opens_at=world.at + timedelta(days=30))
    return world.coordinator(), reverse("desk:dates")


def in_review(world, **fields):
    world.now_on("review")
    return world.sent(status=Status.IN_REVIEW, **fields)


def review(world):
    submission, client = in_review(world), world.reviewer()
    CriterionFactory(campaign=world.campaign, pk=7001)
    AssignmentFactory(submission=submission, reviewer=client.user)
    return client, reverse("desk:review", args=[submission.reference])


def decide(world):
    return world.coordinator(), reverse("desk:submission", args=[in_review(world).reference])


def decide_checked(world):
    in_review(world)
    return world.coordinator(), reverse("desk:decisions")


def letter(world):
    DecisionFactory(submission=in_review(world, reference=LATE))
    return world.coordinator(), reverse("desk:submission", args=[LATE])


def rule(world):
    submission = in_review(world)
    Standing.objects.create(submission=submission, mean="4.00", median="4.00", spread="0.00", reviews=2)
    return world.coordinator(), reverse("desk:choose") + "?tab=threshold&selected_from=3&fewest=1"


def awards(world):
    submission = in_review(world)
    AwardCategoryFactory(campaign=world.campaign)
    return world.coordinator(), f"{reverse('desk:awards')}?reference={submission.reference}"


def waiting_award(world):
    """An award that waits to be announced."""
    category = AwardCategoryFactory(campaign=world.campaign)
    award = {"category": category, "submission": in_review(world), "given_at": world.at}
    Award.objects.create(citation="Brave.", **award)
    return world.coordinator(), reverse("desk:awards")


def shortlist(world):
    in_review(world)
    category = AwardCategoryFactory(campaign=world.campaign)
    return world.coordinator(), reverse("desk:shortlist", args=[category.pk])


def ballot(world):
    submission, client = in_review(world), world.juror()
    category = AwardCategoryFactory(
        campaign=world.campaign, pk=7001, votes_until=world.at + timedelta(days=1)
    )
    category.jury.add(client.user)
    Nominee.objects.create(category=category, submission=submission, added_at=world.at, pk=7002)
    return client, reverse("desk:jury")


def meetings(world):
    return world.coordinator(), reverse("desk:meetings")


def a_meeting(world, **more) -> tuple:
    submission, client = in_review(world), world.coordinator()
    people = {"chair": client.user, "secretary": client.user}
    meeting = Meeting.objects.create(
        campaign=world.campaign, title="Panel", starts_at=world.at, **people, **more
    )
    meeting.present.add(client.user)
    return client, meeting, submission


def meeting(world):
    client, meeting, _submission = a_meeting(world)
    return client, reverse("desk:meeting", args=[meeting.pk])


def case(world):
    client, meeting, submission = a_meeting(world, opened_at=world.at)
    case = meeting.cases.create(submission=submission, position=1)
    return client, reverse("desk:meeting_case", args=[meeting.pk, case.pk])


def somebody() -> str:
    return str(User.objects.latest("pk").pk)


def entry(world):
    item = PublicItemFactory(campaign=world.campaign, selected=True)
    programme.compile_programme(world.campaign, at=world.at)
    return item


def entry_texts(world):
    return world.coordinator(), reverse("desk:programme_texts", args=[entry(world).reference])


def programme_draft(world):
    """Two entries of one chapter, so that the first can be moved."""
    entry(world)
    entry(world)
    return world.coordinator(), reverse("desk:programme")


def translation(world):
    submission = in_review(world)
    return world.coordinator(), reverse("desk:translation", args=[submission.reference, "sv"])


def organisations(world):
    OrganisationFactory.create_batch(2, name="The Same")
    for organisation in Organisation.objects.all():
        world.sent(organisation=organisation)
    return world.coordinator(), reverse("desk:organisations")


def interests(world):
    in_review(world, organisation__name="The Same")
    return world.coordinator(), reverse("desk:interests")


def lifting(world):
    conflict = ConflictFactory(submission=in_review(world))
    return world.coordinator(), reverse("desk:lift_conflict", args=[conflict.pk])


def passages(world):
    submission = in_review(world, text__title="In the old mill")
    return world.coordinator(), reverse("desk:redactions", args=[submission.reference])


def procedure(world):
    return world.coordinator(), reverse("desk:procedure")


PROCEDURE = {
    "is_blind": "on",
    "reviews_wanted": "3",
    "disagreement": "2",
    "reminder_days": "7, 2",
    "calibration": "",
    "shared_domains": "maakunta.fi",
}


def withdrawn(world):
    return one(world, status=Status.WITHDRAWN)


def account(world):
    return world.coordinator(), reverse("account")


AWARD = {
    "category": lambda: str(AwardCategory.objects.get().pk),
    "citation_fi": "Rohkea.",
    "citation_sv": "Modig.",
    "citation_en": "Brave.",
}
MEETING = {"title": "Panel", "starts_at": in_days(3), "place": "Room 7"}
TEXTS = {f"{part}_{code}": "Words" for part in ("title", "body") for code in ("fi", "sv", "en")}


PAPER = {name: value for name, value in WHOLE.items() if name != "authorised"} | {"received_at": in_days(-3)}
FORMS = [
    Form("from paper", {"desk:enter"}, paper, "received_at", PAPER, attacks=FEW),
    Form(
        "a table",
        {"desk:import"},
        upload,
        "file",
        {"file": lambda: SimpleUploadedFile("table.csv", TABLE.encode(), "text/csv")},
        done='name="kept"',
    ),
    Form(
        "a table of assignments",
        {"desk:assign_table"},
        pairs,
        "file",
        {"file": lambda: SimpleUploadedFile("pairs.csv", PAIRS.encode(), "text/csv")},
        done='id="checked-heading"',
    ),
    Form("a profile", {"desk:profile"}, profile, "employer", {"languages": ["fi"], "employer": "Oulu"}),
    Form("passing", {"desk:submission"}, one, "pass-authority_check", {"pass-authority_check": "A call"}),
    Form(
        "returning",
        {"desk:submission"},
        one,
        "return-reason",
        {
            "return-reason": "Say more.",
            "return-correction_until": in_days(3),
            "return-returned_fields": ["title"],
        },
    ),
    Form("rejecting", {"desk:submission"}, one, "reject-reason", {"reject-reason": "It is too late."}),
    Form("more time", {"desk:give_more_time"}, late, f"{LATE}-until", {f"{LATE}-until": in_days(3)}),
    Form(
        "the dates",
        {"desk:dates"},
        dates,
        "call_closes_at",
        {"call_closes_at": in_days(25), "moves_review": "on"},
        {"sure": "1"},
    ),
    Form(
        "a transfer",
        {"desk:transfer"},
        one,
        "transfer-name",
        {"transfer-name": "New", "transfer-email": "new@example.org"},
    ),
    Form("a translation at the desk", {"desk:translation"}, translation, "title", TRANSLATION),
    Form(
        "a draft of a review", {"desk:review"}, review, "comment", {"comment": "Good."}, {"action": "draft"}
    ),
    Form(
        "a review",
        {"desk:review"},
        review,
        "comment",
        {"comment": "Good.", "recommendation": "select", "points_7001": "3"},
        {"action": "hand_in"},
    ),
    Form("abstaining", {"desk:abstain"}, review, "abstain-reason", {"abstain-reason": "I cannot judge it."}),
    Form("a decision", {"desk:decide"}, decide, "outcome", {"outcome": "selected", "reasons": "It is good."}),
    Form(
        "decisions",
        {"desk:decide_checked"},
        decide_checked,
        "outcome",
        {"outcome": "selected", "reasons": "They are good.", "submission": reference},
        aside={"submission"},
    ),
    Form(
        "a letter of decision",
        {"desk:edit_letter"},
        letter,
        f"{LATE}-letter_note",
        {f"{LATE}-letter_note": "Well done."},
    ),
    Form("a rule", {"desk:choose"}, rule, "selected-reasons", {"selected-reasons": "They are good."}),
    Form("an award", {"desk:awards"}, awards, "citation_en", AWARD),
    Form(
        "a meeting",
        {"desk:meetings"},
        meetings,
        "title",
        MEETING | {"chair": somebody, "secretary": somebody, "present": somebody},
    ),
    Form("a changed meeting", {"desk:meeting"}, meeting, "title", MEETING),
    Form(
        "the cases of a meeting",
        {"desk:add_cases"},
        meeting,
        "source",
        {"source": "named", "reference": reference, "number": "3"},
    ),
    Form(
        "a case at a meeting",
        {"desk:meeting_case"},
        case,
        "notes",
        {"notes": "Said.", "final_score": "4", "outcome": "selected", "reasons": "It is good."},
        {"action": "save"},
    ),
    Form(
        "a moment of announcing",
        {"desk:set_award_moment"},
        waiting_award,
        "announce_at",
        {"announce_at": in_days(3)},
    ),
    Form("nominees", {"desk:nominate"}, shortlist, "best", {"best": "1", "reference": reference}),
    Form("a jury", {"desk:set_jury"}, shortlist, "votes_until", {"votes_until": in_days(3)}),
    Form(
        "points of a juror",
        {"desk:vote"},
        ballot,
        "category7001-points_7002",
        {"category7001-points_7002": "3"},
        attacks=FEW,
    ),
    Form("an entry's texts", {"desk:programme_texts"}, entry_texts, "title_en", TEXTS),
    Form(
        "the columns of a table",
        {"desk:import"},
        columns,
        "value_title",
        {"column_title": "Otsikko", "value_kind": "pledge", "value_contact_name": "Maija"},
        {"check": "1"},
        tells=False,
        done='id="checked-heading"',
        attacks=FEW,
    ),
    Form(
        "doubles",
        {"desk:merge_organisations"},
        organisations,
        "kept",
        {"organisation": lambda: [str(row.pk) for row in Organisation.objects.all()]},
        tells=False,
    ),
    Form("a place", {"desk:place_entry"}, programme_draft, "position", {"position": "2"}, tells=False),
    Form("one's language", {"account"}, account, "language", {"language": "sv"}),
    Form(
        "signing in",
        {"account_login"},
        sign_in,
        "login",
        {"login": "person@example.org", "password": "a-long-enough-secret"},
        tells=False,
    ),
    Form(
        "a forgotten password",
        {"account_reset_password"},
        lambda world: (Client(), reverse("account_reset_password")),
        "email",
        {"email": "person@example.org"},
        tells=False,
    ),
    Form(
        "another password",
        {"account_change_password"},
        lambda world: (world.coordinator(), reverse("account_change_password")),
        "oldpassword",
        {
            "oldpassword": "a-long-enough-secret",
            "password1": "another-long-secret",
            "password2": "another-long-secret",
        },
        tells=False,
    ),
    Form("ties beforehand", {"desk:interests"}, interests, "organisations", {"organisations": ["The Same"]}),
    Form("lifting a conflict", {"desk:lift_conflict"}, lifting, "reason", {"reason": "They never met."}),
    Form("a passage", {"desk:redactions"}, passages, "passage", {"passage": "the old mill"}),
    Form("the procedure", {"desk:procedure"}, procedure, "reviews_wanted", PROCEDURE),
    Form("an erasure", {"desk:erase"}, withdrawn, "reference", {"reference": reference}),
]
