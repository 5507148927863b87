"""The receipt: everything that was sent, as groups of labelled rows."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from campaign.models import Municipality, Region
from pledges import receipt
from pledges.models import Action, Exchange, Purpose, Submission
from pledges.receipt import Row
from tests.factories import AttachmentFactory, PartnerFactory, SubmissionFactory, ThemeFactory

SENT = "Mon 23 Nov 2026 at 12.00 (Finnish time)"


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def full(campaign) -> Submission:
    """Every field is filled."""
    submission = SubmissionFactory(
        campaign=campaign,
        contact_name="Maija",
        contact_email="maija@example.org",
        contact_phone="040 123",
        second_name="Pekka",
        second_email="pekka@example.org",
        organisation__name="Neighbours",
        organisation__business_id="1234567-1",
        organisation__municipality=Municipality.objects.get(code="837", valid_to=None),
        organisation__website="https://neighbours.example",
        text__title="A café",
        text__summary="In short.",
        text__description="At length.",
        text__novelty="New.",
        text__target_groups="Newcomers.",
        text__participation="Come in.",
        text__delivery_languages="Finnish, Dari",
        text__scope="municipalities",
        text__starts_on=date(2027, 1, 1),
        text__ends_on=date(2027, 6, 1),
    )
    version = submission.latest
    version.other_themes.add(ThemeFactory(campaign=campaign, name="Work"))
    version.regions.add(Region.objects.get(code="06"))
    version.municipalities.add(Municipality.objects.get(code="837", valid_to=None))
    version.tags.add("café", "dari")
    Action.objects.create(version=version, what="Evenings", unit="evenings", start=0, target=Decimal("20"))
    Exchange.objects.create(version=version, direction="need", what="Paint", amount="40 litres")
    Exchange.objects.create(version=version, direction="offer", what="A hall", where="Sysmä")
    AttachmentFactory(submission=submission, name="sali.png", description="A full hall")
    AttachmentFactory(submission=submission, name="plan.pdf", kind="application/pdf", description="A plan")
    for name, state in (
        ("The City", "confirmed"),
        ("The Choir", "declined"),
        ("The Bank", "invited"),
        ("The Shop", "removed"),
    ):
        PartnerFactory(submission=submission, organisation__name=name, state=state)
    return submission


def said(groups) -> dict[str, list[tuple[str, str | tuple[str, ...]]]]:
    return {group.name: [(row.label, row.lines or row.text) for row in group.rows] for group in groups}


def of(submission: Submission):
    return receipt.of(submission, receipt.newest(submission)).groups


def test_everything_that_was_sent_stands_on_the_receipt(full):
    assert said(of(full)) == {
        "sending": [
            ("Reference", full.reference),
            ("Kind", "Pledge"),
            ("Campaign", full.campaign.name),
            ("Sent", SENT),
            ("Address confirmed", SENT),
            ("Authority to commit the organisation confirmed", SENT),
            ("Text last saved", SENT),
        ],
        "words": [
            ("Title", "A café"),
            ("Summary", "In short."),
            ("What will be done", "At length."),
            ("What is new in it", "New."),
            ("Whom it is for", "Newcomers."),
            ("How residents can take part", "Come in."),
            ("Languages in which it is done", "Finnish, Dari"),
            ("Language of the text", "English"),
        ],
        "place": [
            ("Theme", full.latest.theme.name),
            ("Other themes", "Work"),
            ("Where", "Certain municipalities"),
            ("Regions", "Pirkanmaa"),
            ("Municipalities", "Tampere"),
            ("When", "1 Jan 2027 – 1 Jun 2027"),
            ("Hashtags", "#café #dari"),
        ],
        "exchange": [
            ("Actions", ("Evenings: 0 → 20 evenings",)),
            ("Needs", ("Paint (40 litres)",)),
            ("Offers", ("A hall (Sysmä)",)),
        ],
        "files": [("sali.png (PNG)", "A full hall"), ("plan.pdf (PDF)", "A plan")],
        "giver": [
            ("Name of the organisation", "Neighbours"),
            ("Kind of organisation", "Association"),
            ("Business ID", "1234567-1"),
            ("Municipality of the organisation", "Tampere"),
            ("Website", "https://neighbours.example"),
        ],
        "partners": [
            ("The City", "Confirmed (Mon 23 Nov 2026 at 12.00)"),
            ("The Choir", "Declined (Mon 23 Nov 2026 at 12.00)"),
            ("The Bank", "Invited"),
        ],
        "people": [
            ("Contact person", "Maija"),
            ("E-mail", "maija@example.org"),
            ("Phone", "040 123"),
            ("Second contact person", "Pekka"),
            ("Second contact's e-mail", "pekka@example.org"),
        ],
    }


def test_what_was_left_empty_is_left_out(campaign):
    submission = SubmissionFactory(campaign=campaign, text__novelty="", submitted_at=None, confirmed_at=None)
    found = said(of(submission))
    assert list(found) == ["sending", "words", "place", "giver", "people"]
    assert [label for label, _text in found["words"]] == [
        "Title",
        "Summary",
        "What will be done",
        "Language of the text",
    ]
    assert [label for label, _text in found["place"]] == ["Theme", "Where"]
    assert "Sent" not in dict(found["sending"])


def test_only_peoples_own_words_are_marked_with_their_language(full):
    marked = {row.label for group in of(full) for row in group.rows if row.lang is not None}
    words = {row.label for group in of(full) if group.name == "words" for row in group.rows}
    files = {"sali.png (PNG)", "plan.pdf (PDF)"}
    assert marked == (words - {"Language of the text"}) | {"Actions", "Needs", "Offers"} | files


def test_a_long_text_is_known_as_long():
    assert [Row("", "a" * 1200).is_long, Row("", "a" * 1201).is_long] == [False, True]


def states(*given: Purpose) -> list[str]:
    return [row.text for row in receipt.consents(given)]


def test_each_consent_is_told_and_what_has_no_effect_without_the_text():
    idle = "Allowed, without effect until you allow the text"
    assert states() == ["Not allowed"] * 5
    assert states(Purpose.TEXT, Purpose.REUSE) == ["Allowed", *["Not allowed"] * 3, "Allowed"]
    assert states(Purpose.ORGANISATION, Purpose.SOCIAL) == ["Not allowed", idle, idle, *["Not allowed"] * 2]


def test_an_action_without_a_number_is_its_own_sentence():
    action = Action(what="Homes renovated", unit="homes", start=Decimal("0.00"), target=Decimal("14.00"))
    assert receipt.action_in_words(action) == "Homes renovated: 0 → 14 homes"
    assert receipt.action_in_words(Action(what="A plan is written")) == "A plan is written"
