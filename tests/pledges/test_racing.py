"""The loser of a race starts again, and what fails for another reason fails."""

import pytest
from django.db import IntegrityError
from taggit.models import Tag

from pledges import versions
from pledges.racing import TRIES, through_races
from pledges.revisions import correct
from tests.factories import SubmissionFactory


@pytest.mark.django_db
@pytest.mark.parametrize("losses", [0, 1, TRIES - 1])
def test_a_lost_race_is_run_again(losses):
    left = iter(["taken"] * losses)

    def act() -> str:
        Tag.objects.create(name="mine")
        if next(left, None):
            Tag.objects.create(name="mine")
        return "done"

    assert through_races(act) == "done"
    assert Tag.objects.count() == 1


@pytest.mark.django_db
def test_who_loses_every_time_is_told():
    Tag.objects.create(name="taken")
    with pytest.raises(IntegrityError):
        through_races(lambda: Tag.objects.create(name="taken", slug="other"))


def test_an_edit_bears_that_somebody_else_makes_its_hashtag_first(campaign, at, monkeypatch):
    """The other request's tag is there once the first look has found none."""
    submission = SubmissionFactory(campaign=campaign)
    look, looks = versions._known_tags, []

    def too_late(names):
        looks.append(names)
        found = look(names)
        if len(looks) == 1:
            monkeypatch.setattr(Tag.objects, "create", _taken)
        else:
            monkeypatch.undo()
        return found

    def _taken(**fields):
        raise IntegrityError("UNIQUE constraint failed: taggit_tag.name")

    monkeypatch.setattr(versions, "_known_tags", too_late)
    text = versions.read(submission.latest)
    changed = versions.Text(**vars(text) | {"tags": frozenset({"kieli"})})
    revision = correct(submission, changed, people={}, giver={}, base=1, at=at)
    assert (revision.version.number, set(revision.version.tags.names())) == (2, {"kieli"})
