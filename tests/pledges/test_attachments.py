"""Pictures and documents of a submission, from adding to passing."""

from datetime import timedelta

import pytest
from django.core.files.storage import storages
from wagtail.models import ModelLogEntry

from pledges import actors, attachments, files
from pledges.attachments import Described
from pledges.lifecycle import Refused, perform
from pledges.models import Attachment, Status
from tests.factories import AttachmentFactory, SubmissionFactory, UserFactory

from .made_files import add, pdf, picture, upload

private = storages["private"]


@pytest.fixture
def submission(campaign):
    return SubmissionFactory(campaign=campaign)


@pytest.fixture
def by(db) -> actors.Actor:
    return actors.coordinator(UserFactory())


def lying() -> list[str]:
    try:
        return private.listdir("attachments")[1]
    except FileNotFoundError:
        return []


@pytest.fixture(autouse=True)
def _empty_storage():
    for name in lying():
        private.delete(f"attachments/{name}")


def names(submission) -> list[str]:
    return [each.name for each in submission.attachments.all()]


def test_what_is_added_is_kept_under_a_name_that_says_nothing(submission, at):
    added = add(submission, picture(), at=at, name="Maija Meikäläinen 2b.png", text="A full hall")
    row = Attachment.objects.get()
    assert row == added
    assert "Maija" not in row.file.name
    assert row.file.name.startswith("attachments/")
    assert row.file.name.endswith(".png")
    assert (row.name, row.description, row.kind) == ("Maija Meikäläinen 2b.png", "A full hall", "image/png")
    assert (row.width, row.height, row.size) == (64, 48, private.size(row.file.name))
    assert (row.rights_declared_at, row.passed_at, row.guardians_agreed_at) == (at, None, None)
    entry = ModelLogEntry.objects.get(action="pledges.add_file")
    assert entry.data == {"file": row.pk}  # names nothing that people wrote


def test_the_same_file_is_there_once(submission, campaign, at):
    add(submission, picture(), at=at)
    with pytest.raises(Refused, match="there already"):
        add(submission, picture(), at=at, name="another name.png")
    add(SubmissionFactory(campaign=campaign), picture(), at=at)  # of somebody else it is another thing
    assert submission.attachments.count() == 1


def test_the_eleventh_is_refused(submission, at):
    for number in range(files.MOST_FILES):
        add(submission, picture(colour=(number, 0, 0)), at=at)
    with pytest.raises(Refused, match="10 files already"):
        add(submission, picture(colour="white"), at=at)
    attachments.remove(submission.attachments.first(), at=at)
    add(submission, picture(colour="white"), at=at)
    assert submission.attachments.count() == files.MOST_FILES


@pytest.mark.parametrize("status", [Status.SELECTED, Status.WITHDRAWN, Status.DECLINED, Status.SPAM])
def test_files_are_changed_only_while_the_text_may_be(status, campaign, at):
    submission = SubmissionFactory(campaign=campaign)
    added = add(submission, picture(), at=at)
    submission.status = status
    submission.save()
    said = Described(description="Other", shows_minors=False)
    for act in (
        lambda: add(submission, picture(colour="red"), at=at),
        lambda: attachments.describe(added, said, at=at),
        lambda: attachments.move(added, up=True, at=at),
    ):
        with pytest.raises(Refused, match="no longer be changed"):
            act()
    added.refresh_from_db()
    assert added.description == "A hall"


@pytest.mark.parametrize("status", Status)
def test_what_was_given_is_taken_back_at_any_time(status, campaign, at, django_capture_on_commit_callbacks):
    submission = SubmissionFactory(campaign=campaign)
    added = add(submission, picture(), at=at)
    submission.status, submission.returned_fields = status, ["title"]
    submission.save()
    with django_capture_on_commit_callbacks(execute=True):
        attachments.remove(added, at=campaign.deadline)
    assert (names(submission), lying()) == ([], [])


def test_of_what_was_erased_nothing_is_left_to_be_removed(campaign, at):
    submission = SubmissionFactory(campaign=campaign, erased_at=at)
    with pytest.raises(Refused, match="erased already"):
        attachments.remove(AttachmentFactory(submission=submission), at=at)


def test_who_is_young_is_shown_only_with_the_guardians_word(submission, at):
    stored = attachments.store(files.read(upload(picture())))
    attachments.add(submission, stored, Described(description="Children", shows_minors=True), at=at)
    assert Attachment.objects.get().guardians_agreed_at == at


def test_the_order_is_the_owner_s(submission, at):
    rows = [
        add(submission, picture(colour=colour), at=at, name=colour) for colour in ("red", "green", "blue")
    ]
    attachments.move(rows[2], up=True, at=at)
    assert names(submission) == ["red", "blue", "green"]
    attachments.move(rows[0], up=True, at=at)
    attachments.move(rows[1], up=False, at=at)
    assert names(submission) == ["red", "blue", "green"]
    attachments.move(rows[0], up=False, at=at)
    assert names(submission) == ["blue", "red", "green"]


def test_a_removed_file_is_gone_from_the_storage(submission, at, django_capture_on_commit_callbacks):
    added = add(submission, pdf(), at=at)
    with django_capture_on_commit_callbacks(execute=True):
        attachments.remove(added, at=at)
    assert lying() == []
    with pytest.raises(Refused, match="has been removed"):
        attachments.describe(added, Described(description="x", shows_minors=False), at=at)
    with pytest.raises(Refused, match="has been removed"):
        attachments.move(added, up=True, at=at)


def test_a_changed_description_is_read_before_it_is_shown(submission, by, at):
    perform(submission, "pass", by=by, at=at)
    added = add(submission, picture(), at=at)
    attachments.pass_files(submission, [added.pk], by=by, at=at)
    same = Described(description="A hall", shows_minors=False)
    assert attachments.describe(added, same, at=at) is False
    assert submission.attachments.passed().exists()
    assert attachments.describe(added, Described(description="Another", shows_minors=True), at=at)
    row = Attachment.objects.get()
    assert (row.description, row.passed_at, row.guardians_agreed_at) == ("Another", None, at)


def test_passing_a_submission_passes_the_files_that_were_on_the_page(submission, by, at):
    seen, unseen = add(submission, picture(), at=at), add(submission, pdf(), at=at)
    perform(submission, "pass", by=by, at=at, files=[seen.pk])
    assert [each.pk for each in submission.attachments.passed()] == [seen.pk]
    assert attachments.pass_files(submission, [seen.pk, unseen.pk], by=by, at=at) == 1
    attachments.take_back(seen, by=by, at=at)
    assert [each.pk for each in submission.attachments.passed()] == [unseen.pk]


def test_files_are_passed_by_coordinators_of_what_was_screened(submission, campaign, by, at):
    added = add(submission, picture(), at=at)
    with pytest.raises(Refused, match="has been screened"):
        attachments.pass_files(submission, [added.pk], by=by, at=at)
    perform(submission, "pass", by=by, at=at)
    for act in (
        lambda: attachments.pass_files(submission, [added.pk], by=actors.OWNER, at=at),
        lambda: attachments.take_back(added, by=actors.OWNER, at=at),
    ):
        with pytest.raises(Refused, match="not yours"):
            act()
    other = add(SubmissionFactory(campaign=campaign), picture(), at=at)
    assert attachments.pass_files(submission, [other.pk, 10**17], by=by, at=at) == 0
    assert not Attachment.objects.passed().exists()


def test_a_kept_file_comes_back_to_its_own_submission_only(submission, campaign, at):
    stored = attachments.store(files.read(upload(picture())))
    token = attachments.kept_token(submission, stored)
    assert attachments.kept(submission, token) == stored
    assert attachments.kept(SubmissionFactory(campaign=campaign), token) is None
    for wrong in ("", "x", token[:-1], token + "x"):
        assert attachments.kept(submission, wrong) is None
    private.delete(stored.path)
    assert attachments.kept(submission, token) is None


def test_a_file_is_not_kept_for_ever(submission, at, monkeypatch):
    token = attachments.kept_token(submission, attachments.store(files.read(upload(picture()))))
    monkeypatch.setattr(attachments, "KEPT_FOR", timedelta(seconds=-1))
    assert attachments.kept(submission, token) is None


@pytest.mark.parametrize(("opened", "may"), [([], True), (["files"], True), (["title"], False)])
def test_a_return_opens_the_files_alone_or_with_all(opened, may, submission, at):
    added = add(submission, picture(), at=at)
    submission.status, submission.returned_fields = Status.RETURNED, opened
    submission.correction_until = at + timedelta(days=1)
    submission.save()
    assert (attachments.change_refusal(submission, at=at) is None) is may
    if not may:
        with pytest.raises(Refused, match="Only this can be corrected now: Title"):
            attachments.move(added, up=True, at=at)
