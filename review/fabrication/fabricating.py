"""Bulk data for load and benchmarks: batch after batch, so that memory stays flat."""

from collections.abc import Iterator
from datetime import datetime
from random import Random

from django.db import transaction

from campaign.models import Campaign
from pledges.models import Submission
from review.fabrication import judging, private, public
from review.fabrication.facts import Facts, imagine
from review.fabrication.world import World, read

BATCH = 1000


def fabricate(
    campaign: Campaign | None,
    *,
    submissions: int,
    reviewers: int,
    seed: int,
    at: datetime,
    reviews: int | None = None,
) -> Iterator[int]:
    """Write so many submissions and yield after each batch how many there are. Raises NotReady.

    The same seed gives the same mix and texts; references and keys differ from run to run.
    """
    world = read(campaign, reviewers=reviewers, at=at, reviews=reviews)
    random = Random(seed)
    for done in range(0, submissions, BATCH):
        size = min(BATCH, submissions - done)
        _write_batch(world, random, size)
        yield done + size


@transaction.atomic
def _write_batch(world: World, random: Random, size: int) -> None:
    batch = _without_doubles([imagine(world, random) for _ in range(size)], world, random)
    private.write(batch, world)
    public.write(batch, world)
    judging.write(batch, world, random)


def _without_doubles(batch: list[Facts], world: World, random: Random) -> list[Facts]:
    """Random references do meet at last: who bears one that is taken is imagined anew."""
    while True:
        by_reference = {facts.submission.reference: facts for facts in batch}
        taken = set(Submission.objects.filter(reference__in=by_reference).values_list("reference", flat=True))
        free = [facts for reference, facts in by_reference.items() if reference not in taken]
        if len(free) == len(batch):
            return batch
        batch = free + [imagine(world, random) for _ in range(len(batch) - len(free))]
