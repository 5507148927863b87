"""Every address that the site resolves, asked by every kind of person with other people's ids: never an error.

What the desk answers to whom stands as a table in `test_desk_addresses.py`; here are all the others, and the bounds
of each area.
"""

import re
from collections.abc import Iterator

import pytest
from django.urls import get_resolver
from django.urls.resolvers import RoutePattern, URLResolver

from campaign.models import Report
from pledges import links, publishing
from pledges.models import Purpose, Status
from tests import factories
from tests.test_desk_addresses import ROLES, people  # noqa: F401

UNKNOWN_ID = "999999"
NEVER = range(500, 600)
STRANGERS = {"anonymous", "reviewer", "other_reviewer"}
# Wagtail's own: one shows its error page on purpose, two hold only icons and words.
MADE_TO_BREAK = {"/admin/failwhale/"}
OPEN_TO_ALL = {"/admin/sprite/", "/admin/jsi18n/"}
CLOSED = {301, 302, 403, 404, 405}
# Regular expressions cannot be filled in by rule.
BY_HAND = {
    "wagtail_serve": ["", "no-such-page/"],
    "account_reset_password_from_key": ["accounts/password/reset/key/1-abc/"],
    "wagtaildocs_serve": [f"documents/{UNKNOWN_ID}/secret.pdf"],
    "wagtailimages_serve": [],
}


def patterns(resolver: URLResolver, before: tuple = ()) -> Iterator[tuple]:
    for part in resolver.url_patterns:
        way = (*before, part.pattern)
        if isinstance(part, URLResolver):
            yield from patterns(part, way)
        else:
            yield part.name or "", way


def filled(way: tuple, values: dict[str, str]) -> str | None:
    """The path with its parameters filled in; None where a part of it is a regular expression."""
    path = ""
    for pattern in way:
        text = str(pattern)
        if not isinstance(pattern, RoutePattern) and re.search(r"[\\^$(]", text):
            return None
        path += re.sub(r"<(?:(\w+):)?(\w+)>", lambda match: values.get(match[2], default(match[1])), text)
    return path


def default(converter: str | None) -> str:
    return UNKNOWN_ID if converter == "int" else "x"


def addresses(fillings: list[dict[str, str]]) -> list[str]:
    found: dict[str, None] = {}
    for name, way in patterns(get_resolver()):
        if name in BY_HAND:
            found |= {
                f"/{path}" if name != "wagtail_serve" else f"/fi/{path}": None for path in BY_HAND[name]
            }
            continue
        for values in fillings:
            if path := filled(way, values):
                found[f"/{path}"] = None
    return [path for path in found if not path.startswith("/desk/")]


@pytest.fixture
def theirs(campaign, people, at) -> list[dict[str, str]]:  # noqa: F811
    """What fills the addresses: somebody's submission, campaign, page and records, and ids of nothing."""
    submission = factories.SubmissionFactory(
        campaign=campaign, status=Status.IN_REVIEW, consents=[Purpose.TEXT], contact_name="Secret Person"
    )
    item = publishing.refresh(submission, at=at)
    Report.objects.create(item=item, message="Look.", reported_at=at)
    factories.ReviewFactory(submission=submission, reviewer=people["reviewer"])
    known = dict.fromkeys(("pk", "page_id", "image_id", "document_id", "user_id", "group_id"), "1")
    return [
        known | {"reference": submission.reference, "campaign": campaign.slug, "slug": "x"},
        {"reference": "KL-0000-0000", "campaign": "no-such-round", "token": "forged:token"},
        {"token": links.token(submission, links.SENT)},
    ]


@pytest.mark.parametrize("role", ROLES)
def test_no_address_breaks_or_opens_to_a_stranger(role, theirs, people, client, signed_in):  # noqa: F811
    asking = signed_in(people[role]) if role in people else client
    asking.raise_request_exception = False
    broken, opened, told = [], [], []
    for path in addresses(theirs):
        response = asking.get(path)
        if response.status_code in NEVER and path not in MADE_TO_BREAK:
            broken.append(path)
        if role in STRANGERS and path.startswith("/admin/") and path not in OPEN_TO_ALL:
            opened += [path] if response.status_code not in CLOSED else []
        if role in STRANGERS and not response.streaming and b"Secret Person" in response.content:
            told.append(path)
    assert (broken, opened, told) == ([], [], [])
