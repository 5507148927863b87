"""The owner's page of pictures and documents, without scripts."""

import pytest
from django.core.files.storage import storages
from django.utils import timezone

from campaign.models import Campaign
from pledges import files, links
from pledges.models import Attachment, Status, Submission
from tests.factories import CampaignFactory, SubmissionFactory, laid_around

from .made_files import add, pdf, pdf_that_opens, photograph, picture, upload

WORDS = {"description": "A full hall", "rights": "on"}


@pytest.fixture
def campaign(db) -> Campaign:
    return CampaignFactory(is_current=True, phases=laid_around(timezone.now()))


@pytest.fixture
def submission(campaign) -> Submission:
    return SubmissionFactory(campaign=campaign)


def address(submission: Submission, rest: str = "") -> str:
    return f"/en/mine/{links.token(submission, links.OWN)}/files/{rest}"


def send(client, submission, content: bytes | None = None, *, name="hall.png", **words):
    data = (WORDS | words) if content is None else (WORDS | words | {"file": upload(content, name)})
    return client.post(address(submission), {key: value for key, value in data.items() if value != ""})


def test_a_picture_is_added_with_its_words_and_shown(client, submission):
    answer = send(client, submission, photograph(), name="../kuvat/äiti.jpg")
    assert (answer.status_code, answer["Location"]) == (302, address(submission))
    row = Attachment.objects.get()
    assert (row.name, row.kind, row.description) == ("äiti.jpg", "image/jpeg", "A full hall")
    page = client.get(address(submission)).content.decode()
    assert "“äiti.jpg” is added." in page
    assert f'width="{row.width}" height="{row.height}" alt="A full hall" loading="lazy"' in page


def test_the_limits_are_said_beforehand(client, submission):
    page = client.get(address(submission)).content.decode()
    assert "10 files at most, each as PDF, PNG, JPEG or WebP, of up to 10 MB." in page
    assert "They are never licensed" in page


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        ("description", "Say what the picture shows, or what the PDF says."),
        ("rights", "Only what you have the right to publish can be added."),
    ],
)
def test_what_is_missing_is_said_at_its_field_and_the_file_is_kept(client, submission, missing, sentence):
    answer = send(client, submission, picture(), **{missing: ""})
    form = answer.context["form"]
    assert dict(form.errors.items()) == {missing: [sentence]}
    page = answer.content.decode()
    assert "“<bdi>hall.png</bdi>” has arrived and is kept." in page
    assert "Another file instead" in page
    assert not Attachment.objects.exists()
    answer = send(client, submission, kept=answer.context["kept_token"])
    assert answer.status_code == 302
    assert Attachment.objects.get().name == "hall.png"


def test_a_kept_file_gives_way_to_another_one(client, submission):
    first = send(client, submission, picture(), rights="").context["kept_token"]
    answer = send(client, submission, pdf(), name="plan.pdf", kept=first, description="")
    again = answer.context["kept_token"]
    send(client, submission, kept=again)
    assert Attachment.objects.get().name == "plan.pdf"


@pytest.mark.parametrize("kept", ["", "x", "a:b:c"])
def test_without_any_file_one_is_asked_for(client, submission, kept):
    answer = send(client, submission, kept=kept)
    assert dict(answer.context["form"].errors.items()) == {"file": ["Choose a file."]}
    assert "A full hall" in answer.content.decode()


def test_a_file_that_fails_says_why_and_loses_no_words(client, submission):
    add(submission, picture(), at=timezone.now())
    for content, sentence in (
        (pdf_that_opens("/JavaScript", JS="app.alert(1)"), "holds a program"),
        (photograph()[:400], "damaged or cut off"),
        (picture(), "there already"),
        (b"", "empty"),
    ):
        answer = send(client, submission, content, description="Words that stay <b>& all")
        assert sentence in str(answer.context["form"].errors["file"])
        assert "Words that stay &lt;b&gt;&amp; all" in answer.content.decode()
        assert "has arrived and is kept" not in answer.content.decode()
    assert submission.attachments.count() == 1


def test_who_is_young_needs_the_guardians_word(client, submission):
    answer = send(client, submission, picture(), shows_minors="on")
    assert list(answer.context["form"].errors) == ["guardians_agreed"]
    assert send(client, submission, picture(), shows_minors="on", guardians_agreed="on").status_code == 302
    assert Attachment.objects.get().guardians_agreed_at


def test_nothing_is_ticked_beforehand(client, submission):
    assert b"checked" not in client.get(address(submission)).content


def test_forty_megabytes_are_refused_early_with_a_page(client, submission):
    answer = send(client, submission, b"\xff" * 40_000_000)
    assert answer.status_code == 413
    assert "larger than one file may be" in answer.content.decode()
    assert not Attachment.objects.exists()


def test_eleven_megabytes_pass_no_field(client, submission, settings):
    answer = send(client, submission, picture() + b"\0" * files.MOST_BYTES)
    assert "larger than 10 MB" in str(answer.context["form"].errors["file"])


def test_other_pages_behind_the_link_still_take_no_more_than_a_text(client, submission):
    own = f"/en/mine/{links.token(submission, links.OWN)}/edit/"
    assert client.post(own, {"description": "x" * 1_100_000}).status_code == 413


def test_at_the_limit_no_form_is_offered_and_the_eleventh_is_refused(client, submission):
    for number in range(files.MOST_FILES):
        add(submission, picture(colour=(number, 0, 0)), at=timezone.now())
    assert client.get(address(submission)).context["form"] is None
    answer = send(client, submission, picture(colour="white"))
    assert answer.status_code == 302
    assert "10 files already" in client.get(address(submission)).content.decode()
    assert submission.attachments.count() == files.MOST_FILES


def test_many_tries_in_a_short_time_are_stopped(client, submission, monkeypatch):
    from importlib import import_module

    monkeypatch.setattr(import_module("pledges.views.attachments"), "PER_SUBMISSION", 1)
    assert send(client, submission).status_code == 200
    assert send(client, submission, picture()).status_code == 429


def test_a_picture_is_shown_and_a_pdf_only_stored(client, submission):
    at = timezone.now()
    shown = add(submission, picture(), at=at, name="kuva.png")
    stored = add(submission, pdf(), at=at, name="\u202eäiti 👩.pdf")
    for row, disposition in ((shown, 'inline; filename="kuva.png"'), (stored, "attachment; ")):
        answer = client.get(address(submission, f"{row.pk}/content/"))
        assert answer["Content-Type"] == row.kind
        assert answer["Content-Disposition"].startswith(disposition)
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer["Cache-Control"] == "private, no-store"
        assert b"".join(answer.streaming_content) == row.file.open().read()
    assert "%F0%9F%91%A9.pdf" in answer["Content-Disposition"]


def test_a_strangers_file_opens_by_nobody_else_s_link(client, submission, campaign):
    theirs = add(SubmissionFactory(campaign=campaign), picture(), at=timezone.now(), text="Secret hall")
    for rest in ("", "content/", "remove/"):
        answer = client.get(address(submission, f"{theirs.pk}/{rest}"))
        assert answer.status_code == 404
        assert b"Secret hall" not in answer.content
    for rest in ("", "move/", "remove/"):
        assert client.post(address(submission, f"{theirs.pk}/{rest}"), WORDS).status_code == 404
    assert client.get(address(submission, f"{10**30}/")).status_code == 404
    theirs.refresh_from_db()
    assert theirs.description == "Secret hall"


def test_a_file_is_described_moved_and_removed(client, submission):
    at = timezone.now()
    first, second = (
        add(submission, picture(colour=colour), at=at, name=colour) for colour in ("red", "blue")
    )
    client.post(address(submission, f"{first.pk}/"), {"description": "Red ‮ wall"})
    first.refresh_from_db()
    assert first.description == "Red  wall"
    answer = client.post(address(submission, f"{first.pk}/"), {"description": "\u200e"})
    assert list(answer.context["form"].errors) == ["description"]
    client.post(address(submission, f"{second.pk}/move/"), {"to": "up"})
    assert [row.name for row in submission.attachments.all()] == ["blue", "red"]
    assert client.get(address(submission, f"{first.pk}/move/")).status_code == 302
    assert b"Remove the file?" in client.get(address(submission, f"{first.pk}/remove/")).content
    client.post(address(submission, f"{first.pk}/remove/"))
    assert [row.name for row in submission.attachments.all()] == ["blue"]


@pytest.mark.parametrize("status", [Status.SELECTED, Status.WITHDRAWN])
def test_afterwards_the_files_are_seen_and_removed_and_not_changed(client, submission, status):
    row = add(submission, picture(), at=timezone.now())
    Submission.objects.filter(pk=submission.pk).update(status=status)
    page = client.get(address(submission))
    assert page.context["form"] is None
    text = page.content.decode()
    assert "no longer be changed" in text
    assert "You can still remove a file." in text
    assert address(submission, f"{row.pk}/remove/") in text
    assert "Change the description" not in text
    assert client.get(address(submission, f"{row.pk}/content/")).status_code == 200
    for rest in ("", f"{row.pk}/", f"{row.pk}/move/"):
        answer = client.post(address(submission, rest), WORDS | {"file": upload(pdf())})
        assert (answer.status_code, answer["Location"]) == (302, address(submission))
    row.refresh_from_db()
    assert row.description == "A hall"
    assert b"Remove the file?" in client.get(address(submission, f"{row.pk}/remove/")).content
    answer = client.post(address(submission, f"{row.pk}/remove/"), follow=True)
    assert "“ours.png” is removed." in answer.content.decode()
    assert not Attachment.objects.exists()


def test_a_lost_file_is_told_and_is_nobodys_error(client, submission):
    row = add(submission, picture(), at=timezone.now())
    storages["private"].delete(row.file.name)
    assert "lost on our side" in client.get(address(submission)).content.decode()
    assert client.get(address(submission, f"{row.pk}/content/")).status_code == 404


def test_another_site_cannot_send_files_in_their_name(client, submission):
    answer = client.post(
        address(submission), WORDS | {"file": upload(picture())}, headers={"sec-fetch-site": "cross-site"}
    )
    assert answer.status_code == 403
    assert not Attachment.objects.exists()


@pytest.mark.parametrize("number", [2, 8])
def test_the_page_asks_the_same_however_many_files(client, submission, number, django_assert_num_queries):
    for place in range(number):
        add(submission, picture(colour=(place, 0, 0)), at=timezone.now())
    client.get(address(submission))
    with django_assert_num_queries(5):
        client.get(address(submission))


def test_the_owner_s_page_leads_there(client, submission):
    own = client.get(f"/en/mine/{links.token(submission, links.OWN)}/").content.decode()
    assert address(submission) in own
