"""What is public of files: copies of passed ones, for as long as the text may be public, and no byte afterwards."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.utils import timezone

from campaign.models import PublicFile, PublicItem
from home.models import PublicVersion
from pledges import actors, attachments, consent, public_files, publishing, sweeping
from pledges.attachments import Described
from pledges.endings import erase
from pledges.lifecycle import perform
from pledges.models import Attachment, Participation, Purpose, Status
from pledges.revisions import pass_version
from tests.factories import SubmissionFactory, UserFactory, VersionFactory

from .made_files import add, pdf, picture

private = storages["private"]
LATER = timedelta(days=1)


@pytest.fixture
def by(db) -> actors.Actor:
    return actors.coordinator(UserFactory())


@pytest.fixture(autouse=True)
def _empty_storages():
    for storage, folder in ((private, "attachments"), (default_storage, "submissions")):
        for path in lying(storage, folder):
            storage.delete(path)


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    """Runs what waits for the commit, as a commit does."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def lying(storage=default_storage, folder="submissions") -> list[str]:
    return sorted(sweeping.paths(storage, folder))


def bytes_of(*storages_) -> bytes:
    folders = {default_storage: "submissions", private: "attachments"}
    return b"".join(
        storage.open(path).read() for storage in storages_ for path in lying(storage, folders[storage])
    )


@pytest.fixture
def submission(campaign, at, commit):
    """In review, public, and shared; with a picture and a document that nobody has looked at yet."""
    found = SubmissionFactory(
        campaign=campaign, status=Status.IN_REVIEW, consents=[Purpose.TEXT, Purpose.SOCIAL]
    )
    with commit():
        publishing.refresh(found, at=at)
        add(found, picture(), at=at, name="zebramark.png", text="A zebramark hall")
        add(found, pdf(title="zebramark"), at=at, name="zebramark.pdf", text="zebramark text")
    return found


@pytest.fixture
def public(submission, by, at, commit):
    with commit():
        attachments.pass_files(submission, ids(submission), by=by, at=at)
    return submission


def ids(submission) -> list[int]:
    return [row.pk for row in submission.attachments.all()]


def test_what_nobody_has_looked_at_is_not_public(submission, at, commit):
    with commit():
        publishing.refresh(submission, at=at)
    assert not PublicFile.objects.exists()
    assert lying() == []


def test_passed_files_are_copied_and_say_nothing_of_their_owner_s_names(public):
    shown, stored = PublicFile.objects.all()
    assert (shown.is_picture, shown.width, shown.height) == (True, 64, 48)
    assert (stored.is_picture, stored.description) == (False, "zebramark text")
    assert [file.name for file in (shown, stored)] == [
        f"{public.reference}-1.png",
        f"{public.reference}-2.pdf",
    ]
    for file, row in zip((shown, stored), public.attachments.all(), strict=True):
        assert file.file.open().read() == row.file.open().read()
        assert "zebramark" not in file.file.name
        assert file.size == default_storage.size(file.file.name)
    assert lying() == sorted([shown.file.name, stored.file.name])


def test_passing_the_submission_or_its_newer_text_publishes_the_files_beside_it(campaign, by, at, commit):
    found = SubmissionFactory(campaign=campaign, consents=[Purpose.TEXT])
    row = add(found, picture(), at=at)
    with commit():
        perform(found, "pass", by=by, at=at, files=[row.pk])
    assert PublicFile.objects.count() == 1
    newer = VersionFactory(submission=found, number=2)
    found.refresh_from_db()
    found.latest = newer
    found.save()
    later = add(found, pdf(), at=at)
    with commit():
        pass_version(found, newer, by=by, at=at, files=[later.pk])
    assert PublicFile.objects.count() == 2


def test_without_consent_to_the_text_nothing_is_copied(campaign, by, at, commit):
    found = SubmissionFactory(campaign=campaign, status=Status.IN_REVIEW, consents=[Purpose.SOCIAL])
    row = add(found, picture(), at=at)
    with commit():
        attachments.pass_files(found, [row.pk], by=by, at=at)
    assert lying() == []
    with commit():
        consent.record(lead(found), [Purpose.TEXT], language="en", at=at)
    assert PublicFile.objects.count() == 1


def lead(submission) -> Participation:
    return submission.participations.get(role=Participation.Role.LEAD)


ENDINGS = {
    "consent to the text is withdrawn": lambda found, by, at: consent.record(
        lead(found), [], language="en", at=at
    ),
    "the submission is withdrawn": lambda found, by, at: perform(found, "withdraw", by=actors.OWNER, at=at),
    "it comes back for correction": lambda found, by, at: perform(
        found, "return", by=by, at=at, reason="x", correction_until=at + LATER
    ),
    "a coordinator takes the files back": lambda found, by, at: [
        attachments.take_back(row, by=by, at=at) for row in found.attachments.all()
    ],
    "its owner removes the files": lambda found, by, at: [
        attachments.remove(row, at=at) for row in found.attachments.all()
    ],
    "other words are said of them": lambda found, by, at: [
        attachments.describe(row, Described(description="Other", shows_minors=False), at=at)
        for row in found.attachments.all()
    ],
}


@pytest.mark.parametrize("name", ENDINGS)
def test_no_byte_is_public_when(name, public, by, at, commit):
    assert b"zebramark" in bytes_of(default_storage)
    before = PublicVersion.current()
    with commit():
        ENDINGS[name](public, by, at)
    assert not PublicFile.objects.exists()
    assert lying() == []
    assert PublicVersion.current() > before


def test_after_the_erasure_no_byte_is_left_anywhere(public, by, at, commit):
    with commit():
        perform(public, "withdraw", by=actors.OWNER, at=at)
    assert b"zebramark" in bytes_of(private)
    with commit():
        erase(public, by=by, at=at)
    assert bytes_of(default_storage, private) == b""
    assert not Attachment.objects.exists()


def test_files_go_only_when_the_transaction_is_through(public, at):
    attachments.remove(public.attachments.first(), at=at)
    assert len(lying()) == 2  # the callbacks of this test's transaction never run
    assert PublicFile.objects.count() == 1


def test_order_and_names_follow_the_owner(public, at, commit):
    first, second = public.attachments.all()
    with commit():
        attachments.move(second, up=True, at=at)
    assert [(file.is_picture, file.name) for file in PublicFile.objects.all()] == [
        (False, f"{public.reference}-1.pdf"),
        (True, f"{public.reference}-2.png"),
    ]


def test_a_refresh_that_changes_nothing_copies_nothing(public, at, commit):
    before = list(PublicFile.objects.values())
    with commit() as callbacks:
        publishing.refresh(public, at=at)
    assert callbacks == []
    assert list(PublicFile.objects.values()) == before


def test_a_copy_that_was_taken_down_while_it_was_made_is_not_published(
    submission, by, at, monkeypatch, commit
):
    """The consent is withdrawn between the copying of the file and the writing of its row."""
    copied = public_files._copied

    def withdrawn_meanwhile(row):
        path = copied(row)
        consent.record(lead(submission), [], language="en", at=at)
        return path

    monkeypatch.setattr(public_files, "_copied", withdrawn_meanwhile)
    with commit():
        attachments.pass_files(submission, ids(submission)[:1], by=by, at=at)
    assert not PublicFile.objects.exists()
    assert not PublicItem.objects.exists()
    assert lying() == []


def test_what_two_processes_copy_at_once_is_published_once(public, monkeypatch):
    file = PublicFile.objects.first()
    waiting = public.attachments.filter(sha256=file.sha256)
    for row in waiting:
        path = public_files._copied(row)
        assert public_files._write_row(row, path) is False
    assert PublicFile.objects.count() == 2


# What a process leaves that is killed in between.


def test_a_file_that_was_passed_and_not_copied_is_copied_by_the_timer(submission, by, at):
    attachments.pass_files(submission, ids(submission), by=by, at=at)
    assert not PublicFile.objects.exists()
    sweeping.sweep(timezone.now())
    assert PublicFile.objects.count() == 2
    assert len(lying()) == 2


def test_a_public_file_whose_row_is_gone_is_deleted_by_the_timer(public, at):
    consent.record(lead(public), [], language="en", at=at)
    assert b"zebramark" in bytes_of(default_storage)
    sweeping.sweep(timezone.now())  # still so young that a row might be on its way
    assert len(lying()) == 2
    sweeping.sweep(timezone.now() + timedelta(minutes=16))
    assert lying() == []


def test_a_private_file_that_belongs_to_nothing_goes_after_a_while(submission, at):
    kept = private.save("attachments/kept.png", ContentFile(b"x"))
    attachments.remove(submission.attachments.first(), at=at)
    sweeping.sweep(timezone.now() + attachments.KEPT_FOR)
    assert private.exists(kept)
    sweeping.sweep(timezone.now() + attachments.KEPT_FOR + timedelta(minutes=16))
    assert lying(private, "attachments") == [submission.attachments.get().file.name]


def test_a_storage_that_is_another_database_s_is_left_alone(submission, caplog):
    for number in range(sweeping.LEFT_BEHIND + 1):
        private.save(f"attachments/{number}.png", ContentFile(b"x"))
    sweeping.sweep(timezone.now() + LATER)
    assert len(lying(private, "attachments")) == sweeping.LEFT_BEHIND + 3
    assert "11 files in attachments/ have no row" in caplog.text


def test_a_lost_public_copy_is_made_anew(public):
    lost = PublicFile.objects.first()
    default_storage.delete(lost.file.name)
    sweeping.sweep(timezone.now())
    assert PublicFile.objects.count() == 2
    assert all(default_storage.exists(file.file.name) for file in PublicFile.objects.all())


def test_a_lost_private_file_is_told_and_never_published(submission, by, at, commit, caplog):
    row = submission.attachments.first()
    private.delete(row.file.name)
    with commit():
        attachments.pass_files(submission, ids(submission), by=by, at=at)
    assert PublicFile.objects.count() == 1
    sweeping.sweep(timezone.now())
    assert f"The file of attachment {row.pk} is lost" in caplog.text
    assert PublicFile.objects.count() == 1


def test_the_timer_touches_nothing_that_is_in_order(public, django_assert_num_queries):
    before = lying(), lying(private, "attachments")
    with django_assert_num_queries(3):
        sweeping.sweep(timezone.now() + LATER)
    assert (lying(), lying(private, "attachments")) == before
