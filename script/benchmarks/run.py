"""Fills the portal step by step and measures its pages beside the floor; started by script/benchmark."""

import os
import sys
import uuid
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

import django  # noqa: E402

django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402
from measure import Target, medians, throughputs  # noqa: E402

from campaign.models import Campaign, Phase, PublicItem, Theme  # noqa: E402
from home.models import User  # noqa: E402
from home.models.user import COORDINATORS  # noqa: E402
from pledges.models import Submission  # noqa: E402
from review.models import Criterion  # noqa: E402

PORTAL = f"http://127.0.0.1:{os.environ['PORT']}"
FLOOR = f"http://127.0.0.1:{os.environ['FLOOR_PORT']}/"
ROUNDS = 60
MOST_REVIEWED = 2_000  # up to here each submission gets three reviews; beyond, a mix as `fabricate` makes it
CSRF = "c" * 32


def open_campaign() -> Campaign:
    campaign = Campaign.objects.create(
        name="Benchmark",
        slug="benchmark",
        organiser="Ministry",
        hashtag="bench",
        reference_prefix="BM",
        is_current=True,
    )
    for position, hue in enumerate(("brick", "lake", "moss", "heather", "rye")):
        Theme.objects.create(campaign=campaign, name=f"Theme {hue}", slug=hue, hue=hue, position=position)
    for position in range(5):
        Criterion.objects.create(
            campaign=campaign,
            name=f"Criterion {position}",
            question="How good?",
            weight=20,
            position=position,
        )
    turn_to(campaign, Phase.Kind.CALL)
    return campaign


def turn_to(campaign: Campaign, kind: str) -> None:
    """Lay four phases of thirty days so that this one is ten days old."""
    kinds = Phase.Kind.values
    first = timezone.now() - timedelta(days=10 + 30 * kinds.index(kind))
    for place, name in enumerate(kinds):
        window = {
            "opens_at": first + timedelta(days=30 * place),
            "closes_at": first + timedelta(days=30 * (place + 1)),
        }
        Phase.objects.update_or_create(campaign=campaign, kind=name, defaults=window)


def signed_in(user: User) -> dict[str, str]:
    """Headers of somebody who has signed in."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return {"Cookie": f"sessionid={session.session_key}; csrftoken={CSRF}"}


FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def pledge(theme: Theme, key: str) -> bytes:
    """A filled-in form, other than that of every other key."""
    return urlencode(
        {
            "form_key": key,
            "kind": "pledge",
            "title": f"A language café, number {key[:6]}",
            "summary": "Volunteers and newcomers drink coffee together every Tuesday.",
            "description": "We open our hall, make coffee, and speak slowly. " * 10,
            "theme": theme.pk,
            "organisation_name": f"Association {key[:6]}",
            "organisation_kind": "association",
            "contact_name": "Maija Meikäläinen",
            "contact_email": f"{key[:8]}@example.org",
            "authorised": "on",
            "consent_text": "on",
            "consent_organisation": "on",
        }
    ).encode()


def review_of(submission: Submission) -> bytes:
    points = {f"points_{pk}": 4 for pk in Criterion.objects.values_list("pk", flat=True)}
    words = {
        "version": submission.screened_id,
        "comment": "Concrete.",
        "recommendation": "select",
        "action": "hand_in",
    }
    return urlencode({"csrfmiddlewaretoken": CSRF, **points, **words}).encode()


def targets(campaign: Campaign) -> list[Target]:
    item = PublicItem.objects.filter(campaign=campaign).newest().first()
    reviewer = User.objects.filter(assignments__isnull=False).order_by("pk").first()
    task = (
        reviewer.assignments.filter(submission__status="in_review")
        .select_related("submission")
        .first()
        .submission
    )
    coordinator = signed_in(User.objects.filter(groups__name=COORDINATORS).first())
    at_the_desk = signed_in(reviewer)
    review = review_of(task)
    return [
        Target("floor", FLOOR),
        Target("public list", f"{PORTAL}/en/pledges/"),
        Target("public list, one theme", f"{PORTAL}/en/pledges/?theme={item.theme_id}"),
        Target(
            "submission page",
            f"{PORTAL}/en/pledges/{item.reference}/{item.get_absolute_url().split('/')[-2]}/",
        ),
        Target("reviewer's queue", f"{PORTAL}/desk/queue/", at_the_desk),
        Target("scoring page", f"{PORTAL}/desk/queue/{task.reference}/", at_the_desk),
        Target("ranking", f"{PORTAL}/desk/ranking/", coordinator),
        Target(
            "saving a review",
            f"{PORTAL}/desk/queue/{task.reference}/",
            at_the_desk | FORM,
            lambda: review,
            expected=303,
        ),
    ]


def report(size: int, measured: dict[str, tuple[float, int]]) -> None:
    floor = measured["floor"][0]
    print(f"\n{size} submissions\n{'':28}{'ms':>9}{'× floor':>9}{'kB':>9}")
    for name, (milliseconds, length) in measured.items():
        print(f"{name:28}{milliseconds:9.1f}{milliseconds / floor:9.1f}{length / 1000:9.1f}")


def measure_cached() -> None:
    if not os.environ["CACHED_PORT"]:
        print("\nNo Redis here: the cached page is not measured.")
        return
    cached = [
        Target("Django's cache middleware", f"http://127.0.0.1:{os.environ['CACHED_FLOOR_PORT']}/"),
        Target("public list, cached", f"http://127.0.0.1:{os.environ['CACHED_PORT']}/en/pledges/"),
    ]
    (_, (floor, _)), (name, (portal, _)) = medians(cached, rounds=ROUNDS * 3).items()
    print(f"\n{name}: {portal:.2f} ms, {portal / floor:.2f} × Django's own cache middleware ({floor:.2f} ms)")


def measure_submitting(campaign: Campaign) -> None:
    turn_to(campaign, Phase.Kind.CALL)
    theme = campaign.themes.first()
    row = urlencode({"title": "Row", "text": "What will be done. " * 30}).encode()
    writing = [
        Target("submit", f"{PORTAL}/en/submit/", FORM, lambda: pledge(theme, uuid.uuid4().hex), expected=302),
        Target("bare insert", FLOOR, FORM, lambda: row, expected=201),
        Target("nine bare inserts", f"{FLOOR}nine/", FORM, lambda: row, expected=201),
    ]
    speeds = throughputs(writing, writers=50, turns=6, seconds=3)
    print(f"\n50 writers at once\n{'':28}{'/s':>9}{'submit ×':>9}")
    for name, speed in speeds.items():
        print(f"{name:28}{speed:9.0f}{speeds['submit'] / speed:9.2f}")
    print(f"\none writer\n{'':28}{'ms':>9}")
    for name, (alone, _) in medians(writing, rounds=ROUNDS).items():
        print(f"{name:28}{alone:9.1f}")


def main(sizes: list[int]) -> None:
    campaign = open_campaign()
    there = 0
    for size in sizes:
        call_command(
            "fabricate", submissions=size - there, reviewers=40, reviews=3 if size <= MOST_REVIEWED else None
        )
        there = size
        turn_to(campaign, Phase.Kind.REVIEW)
        report(size, medians(targets(campaign), rounds=ROUNDS))
        turn_to(campaign, Phase.Kind.CALL)
    measure_cached()
    measure_submitting(campaign)


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [100, 2000, 100_000])
