"""A newer text is compared with the screened one field by field, word by word."""

from datetime import date

from pledges.models import Exchange
from review import reading
from tests import factories


def test_words_that_came_and_went_are_told_apart():
    assert reading.compare("We open our hall.", "We open our big hall!") == [
        ("same", "We open our "),
        ("removed", "hall."),
        ("added", "big hall!"),
    ]


def test_the_same_text_has_no_changes(in_review):
    version = reading.whole([in_review.latest_id])[in_review.latest_id]
    assert reading.changes(version, version) == []


def test_only_fields_that_differ_are_listed(in_review):
    newer = factories.VersionFactory(
        submission=in_review,
        number=2,
        title=in_review.screened.title,
        theme=in_review.screened.theme,
        summary="Volunteers and newcomers drink tea.",
        ends_on=date(2027, 6, 1),
    )
    newer.tags.add("kahvila")
    texts = reading.whole([in_review.screened_id, newer.pk])
    found = reading.changes(texts[in_review.screened_id], texts[newer.pk])
    assert [change.label for change in found] == ["summary", "ends", "hashtags"]
    assert found[2].pieces == [("added", "#kahvila")]


def test_needs_and_offers_read_as_sentences():
    need = Exchange(direction=Exchange.Direction.NEED, what="Paint", amount="40 litres", where="Sysmä")
    assert reading.exchange_in_words(need) == "Need: Paint (40 litres, Sysmä)"
    assert reading.exchange_in_words(Exchange(direction="offer", what="A hall")) == "Offer: A hall"
