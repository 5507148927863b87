"""How fast everything is taken out of the desk as a file, and in how much memory; started with a database of its own.

DATABASE_URL=… .venv/bin/python script/benchmarks/exports.py [sizes ...]
"""

import os
import resource
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connections  # noqa: E402

from campaign.models import Campaign, Theme  # noqa: E402
from home import sheets  # noqa: E402
from home.models import User  # noqa: E402
from home.models.user import COORDINATORS  # noqa: E402
from review.exports import whole  # noqa: E402

REVIEWS, REVIEWERS = 3, 40


def open_campaign() -> Campaign:
    campaign = Campaign.objects.create(
        name="Exports",
        slug="exports",
        organiser="Ministry",
        hashtag="x",
        reference_prefix="EX",
        is_current=True,
    )
    Theme.objects.create(campaign=campaign, name="Theme", slug="theme", hue="lake")
    return campaign


def megabytes() -> float:
    """The most that this process has ever held; it only grows."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(campaign: Campaign, form: str) -> None:
    """Take everything as one kind of file, as a browser would, and throw it away."""
    user = User.objects.filter(groups__name=COORDINATORS).first()
    taken = whole.sheets(whole.EVERYTHING, campaign, user)
    rows, before = sum(sheet.number() for sheet in taken), megabytes()
    start = time.perf_counter()
    response = sheets.answer(taken, form, filename="exports", facts={"campaign": campaign.slug})
    size = sum(len(part) for part in response.streaming_content)
    seconds = time.perf_counter() - start
    response.close()
    grown = megabytes() - before
    print(
        f"{form:5}{rows:9} rows{seconds:8.1f} s{rows / seconds:9.0f} rows/s{size / 1e6:8.1f} MB{grown:8.0f} MiB more"
    )


def main(sizes: list[int]) -> None:
    campaign, there = open_campaign(), 0
    for size in sizes:
        call_command("fabricate", submissions=size - there, reviewers=REVIEWERS, reviews=REVIEWS)
        there = size
        for form in whole.forms_of(whole.EVERYTHING):
            connections.close_all()  # the child opens its own
            if child := os.fork():
                os.waitpid(child, 0)
                continue
            measure(campaign, form)
            sys.stdout.flush()
            os._exit(0)


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [2000, 20_000])
