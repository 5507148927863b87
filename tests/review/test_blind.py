"""A blind review: marks are planted in everything that names the giver, and looked for in all that a reviewer is sent."""

import pytest
from django.urls import reverse

from campaign.models.text import TRANSLATED, WORDS
from pledges.models import Action, Exchange, Purpose, Status, Translation, Version
from review import blind, giveaways
from review.models import Procedure, Redaction, Review
from review.ties import SHARED
from tests import factories

# What the organisation is called in the sentences of its text, in another case; and a passage that only a person spots.
NAME, SITE, PASSAGE = "Zebramarkin yhdistyksellä", "www.zebramark.example", "the okapi house"
SECRETS = (b"zebra", b"okapi", b"maijas")


def sentence(field: str) -> str:
    return f"In {field} {NAME.upper()} and Maija Maijasen meet at {SITE}/us in The Okapi  House."


@pytest.fixture
def secret(campaign, reviewer, at):
    """A submission that names its giver in every field, and its passed translation and file."""
    submission = factories.SubmissionFactory(
        campaign=campaign,
        status=Status.IN_REVIEW,
        organisation__name="Zebramark yhdistys ry",
        organisation__website=f"https://{SITE}/",
        contact_name="Maija Maijanen",
        contact_email="maija@zebramark.example",
        consents=[Purpose.TEXT],
        text__plain_summary=" ",
    )
    factories.PartnerFactory(
        submission=submission,
        state="confirmed",
        organisation__name="Okapi",
        contact_email="okapi@okapi.example",
    )
    version = submission.latest
    Version.objects.filter(pk=version.pk).update(**{name: sentence(name) for name in WORDS})
    version.tags.add("ZebramarkYhdistys")
    Action.objects.create(version=version, position=1, what=sentence("what"), unit="okapit", target=3)
    for direction in Exchange.Direction.values:
        row = {"what": sentence("what"), "amount": "Okapi", "where": "Zebramark yhdistys"}
        Exchange.objects.create(version=version, position=1, direction=direction, **row)
    Translation.objects.create(
        submission=submission,
        of=version,
        language="fi",
        saved_at=at,
        passed_at=at,
        **{name: sentence(f"fi {name}") for name in TRANSLATED},
        phrases={sentence("what"): sentence("fi what"), "okapit": "okapia"},
    )
    factories.AttachmentFactory(
        submission=submission, passed_at=at, name="zebramark.png", description="Zebramark yhdistys"
    )
    Redaction.objects.create(submission=submission, passage=PASSAGE, marked_by=reviewer, marked_at=at)
    factories.AssignmentFactory(submission=submission, reviewer=reviewer)
    return submission


def addresses(submission) -> list[str]:
    reading = reverse("desk:review", args=[submission.reference])
    pages = [reverse(f"desk:{name}") for name in ("home", "queue", "next")]
    file = reverse("desk:file", args=[submission.reference, submission.attachments.get().pk])
    return [*pages, reading, f"{reading}?text=fi", f"{reading}?text=en", file, reverse("account")]


def sent(client, submission) -> bytes:
    """Every byte, with the headers, that all the pages and a refused form answer."""
    answers = [client.get(address, follow=True) for address in addresses(submission)]
    answers.append(client.post(reverse("desk:review", args=[submission.reference]), {"action": "hand_in"}))
    bodies = [b"".join(each.streaming_content) if each.streaming else each.content for each in answers]
    return b"\n".join([*bodies, *(str(dict(each.headers)).encode() for each in answers)]).lower()


def test_nothing_that_a_reviewer_is_sent_names_the_giver(secret, criteria, reviewer, signed_in):
    Procedure.objects.create(campaign=secret.campaign, is_blind=True)
    content = sent(signed_in(reviewer), secret)
    assert [word for word in SECRETS if word in content] == []
    assert content.count(b"hidden</span>") > len(WORDS)


def test_without_a_blind_review_the_same_search_finds_all(secret, criteria, reviewer, signed_in):
    content = sent(signed_in(reviewer), secret)
    assert all(word in content for word in SECRETS)


def test_after_handing_in_all_is_shown(secret, criteria, reviewer, signed_in, at):
    Procedure.objects.create(campaign=secret.campaign, is_blind=True)
    Review.objects.create(
        submission=secret, reviewer=reviewer, version=secret.screened, total=3, saved_at=at, handed_in_at=at
    )
    content = sent(signed_in(reviewer), secret)
    assert all(word in content for word in SECRETS)


def test_a_coordinator_is_not_blind(secret, criteria, coordinator, signed_in):
    Procedure.objects.create(campaign=secret.campaign, is_blind=True)
    page = signed_in(coordinator).get(reverse("desk:submission", args=[secret.reference]))
    assert b"Zebramark" in page.content
    assert not blind.veil(secret, coordinator).is_down


def test_reading_blind_takes_at_most_twenty_queries(
    secret, criteria, reviewer, signed_in, django_assert_max_num_queries
):
    Procedure.objects.create(campaign=secret.campaign, is_blind=True)
    client, url = signed_in(reviewer), reverse("desk:review", args=[secret.reference])
    client.get(url)
    with django_assert_max_num_queries(20):
        assert client.get(url).status_code == 200


def hidden(text: str, **told) -> str:
    kinds = ("names", "people", "websites", "emails", "passages")
    pattern = giveaways.pattern_of(**{kind: told.get(kind, ()) for kind in kinds}, shared=SHARED)
    return blind.Veil(True, pattern).hide(text)


@pytest.mark.parametrize(
    ("told", "text", "read"),
    [
        ({"names": ["Suomen Punainen Risti ry"]}, "Suomen Punaisen Ristin talo", "▇▇▇ talo"),
        ({"names": ["Suomen Punainen Risti"]}, "Suomen suvi, punainen tupa", "Suomen suvi, punainen tupa"),
        ({"names": ["Helsingin kaupunki"]}, "#HelsinginKaupunki auttaa", "#▇▇▇ auttaa"),
        ({"names": ["Kotiapu Oy"]}, "Kotiapu Oy ja kotiavut", "▇▇▇ ja kotiavut"),
        ({"names": ["Me ry"]}, "Me ja mekko", "▇▇▇ ja mekko"),
        ({"names": ["Ry"]}, "Apu ry", "Apu ▇▇▇"),
        ({"people": ["Maija Meikäläinen"]}, "Kysy Maija Meikäläiseltä.", "Kysy ▇▇▇."),
        ({"people": ["Maija"]}, "Kysy Maijalta.", "Kysy Maijalta."),
        ({"websites": ["https://www.ota.fi/"]}, "Katso ota.fi/me tai kota.fi.", "Katso ▇▇▇ tai kota.fi."),
        ({"websites": ["https://facebook.com/ota"]}, "facebook.com, facebook.com/ota", "facebook.com, ▇▇▇"),
        ({"emails": ["me@ota.fi"]}, "Kirjoita: you@post.ota.fi", "Kirjoita: ▇▇▇"),
        ({"emails": ["me@gmail.com"]}, "me@gmail.com, you@gmail.com", "▇▇▇, you@gmail.com"),
        ({"passages": ["the old\nmill"]}, "In The  old mill.", "In ▇▇▇."),
        ({}, "Nothing.", "Nothing."),
    ],
)
def test_what_is_hidden(told, text, read):
    assert hidden(text, **told) == read


def test_no_text_makes_the_search_slow():
    names = ["aa aa aa aa aa aa aa b", "a-a-a-a-a"]
    text = ("a" * 4000 + " ") * 2 + "aa " * 3000
    assert hidden(text, names=names, websites=["a.fi"], emails=["a@a.fi"], people=["aa aa"])


def test_a_page_has_hidden_text_read_out_and_escapes_the_rest():
    assert blind.Hidden("<b>▇▇▇").__html__() == (
        '&lt;b&gt;<span aria-hidden="true">▇▇▇</span><span class="visually-hidden">hidden</span>'
    )


def test_a_coordinator_sees_the_text_as_reviewers_do_and_marks_a_passage(secret, coordinator, signed_in):
    Procedure.objects.create(campaign=secret.campaign, is_blind=True)
    Redaction.objects.all().delete()
    desk, url = signed_in(coordinator), reverse("desk:redactions", args=[secret.reference])
    page = desk.get(url).content
    assert (b"zebra" in page.lower(), b"House." in page) == (False, True)
    assert desk.post(url, {"passage": "in The Okapi House"}).status_code == 303
    redaction = Redaction.objects.get()
    assert b"House." not in desk.get(url).content.replace(redaction.passage.encode(), b"")
    assert desk.post(url, {"passage": "not there"}).status_code == 422
    remove = reverse("desk:remove_redaction", args=[secret.reference, redaction.pk])
    assert desk.post(remove).status_code == 303
    assert not Redaction.objects.exists()
