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
from pledges.models import Purpose, Status, Submission
from review.models import ReasonPhrase
from tests import factories
from tests.pages import pages  # noqa: F401
from tests.test_desk_addresses import ROLES, people  # noqa: F401

UNKNOWN_ID = "999999"
NEVER = range(500, 600)
SECRETS = (b"Secret Person", b"Secret Words")
STRANGERS = {"anonymous", "reviewer", "other_reviewer"}
# Wagtail's own: the first shows its error page on purpose.
MADE_TO_BREAK = {
    "/admin/failwhale/",
    # An id of letters breaks Wagtail's choosers, and its list of translations is paged without an order.
    "/admin/documents/chooser/chosen/x/",
    "/admin/images/chooser/chosen/x/",
    "/admin/localize/reports/translations/",
    "/admin/localize/reports/translations/results/",
}
# These hold only icons and words.
OPEN_TO_ALL = {"/admin/sprite/", "/admin/jsi18n/"}
CLOSED = {301, 302, 403, 404, 405}
# Regular expressions cannot be filled in by rule.
BY_HAND = {
    "wagtail_serve": ["", "no-such-page/"],
    "account_reset_password_from_key": ["accounts/password/reset/key/1-abc/"],
    "wagtaildocs_serve": [f"documents/{UNKNOWN_ID}/secret.pdf"],
    "wagtailimages_serve": [],
}


def patterns(resolver: URLResolver, before: tuple = (), space: str = "") -> Iterator[tuple]:
    """Every address: the name space that it stands in, its name, and the parts of its path."""
    for part in resolver.url_patterns:
        way = (*before, part.pattern)
        if isinstance(part, URLResolver):
            yield from patterns(part, way, part.namespace or space)
        else:
            yield space, part.name or "", way


def filled(way: tuple, values: dict[str, str], space: str) -> str | None:
    """The path with its parameters filled in; None where a part of it is a regular expression.

    In the name space "reviews", the value "pk of reviews" goes before "pk".
    """
    path = ""
    own = {
        name.removesuffix(f" of {space}"): value
        for name, value in values.items()
        if name.endswith(f" of {space}")
    }
    values = values | own
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
    for space, name, way in patterns(get_resolver()):
        if name in BY_HAND:
            found |= {
                f"/{path}" if name != "wagtail_serve" else f"/fi/{path}": None for path in BY_HAND[name]
            }
            continue
        for values in fillings:
            if path := filled(way, values, space):
                found[f"/{path}"] = None
    # Whoever leaves asks the rest as a stranger.
    return [path for path in found if not path.startswith("/desk/") and not path.endswith("/logout/")]


@pytest.fixture
def theirs(campaign, people, at) -> list[dict[str, str]]:  # noqa: F811
    """What fills the addresses: somebody's submission, campaign, page and records, and ids of nothing."""
    submission = factories.SubmissionFactory(
        campaign=campaign, status=Status.IN_REVIEW, consents=[Purpose.TEXT], contact_name="Secret Person"
    )
    item = publishing.refresh(submission, at=at)
    rows = {
        "submissions": submission,
        "organisations": submission.participations.get().organisation,
        "public-items": item,
        "campaigns": campaign,
        "criteria": factories.CriterionFactory(campaign=campaign),
        "award_categories": factories.AwardCategoryFactory(campaign=campaign),
        "reviews": factories.ReviewFactory(
            submission=submission, reviewer=people["reviewer"], comment="Secret Words"
        ),
        "decisions": factories.DecisionFactory(submission=submission, reasons="Secret Words"),
        "conflicts": factories.ConflictFactory(submission=submission),
        "reason_phrases": ReasonPhrase.objects.create(campaign=campaign, text="Good."),
        "reports": Report.objects.create(item=item, message="Look.", reported_at=at),
    }
    file = factories.AttachmentFactory(submission=submission, description="Secret Words")
    known = {f"pk of {space}": str(row.pk) for space, row in rows.items()}
    known |= dict.fromkeys(("pk", "page_id", "image_id", "document_id", "user_id", "group_id"), "1")
    return [
        known
        | {"reference": submission.reference, "campaign": campaign.slug, "slug": "x"}
        | {"file": str(file.pk)},
        {"reference": "KL-0000-0000", "campaign": "no-such-round", "token": "forged:token"},
        {"token": links.token(submission, links.SENT)},
        {
            "token": links.partner_token(factories.PartnerFactory(submission=submission, state="removed")),
            "file": str(file.pk),
        },
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
        if role in STRANGERS and tells(response):
            told.append(path)
    assert (broken, opened, told) == ([], [], [])


def tells(response) -> bool:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return any(secret in content for secret in SECRETS)


@pytest.mark.parametrize("role", ["anonymous", "reviewer"])
def test_no_stranger_breaks_or_does_anything_by_posting(role, theirs, people, client, signed_in):  # noqa: F811
    asking = signed_in(people[role]) if role in people else client
    asking.raise_request_exception = False
    broken, opened = [], []
    for path in addresses(theirs):
        status = asking.post(path).status_code
        broken += [path] if status in NEVER and path not in MADE_TO_BREAK else []
        if path.startswith("/admin/") and path not in OPEN_TO_ALL:
            opened += [path] if status not in CLOSED else []
    assert (broken, opened) == ([], [])


def test_a_coordinator_in_conflict_reads_no_secret_in_the_admin(theirs, coordinator, signed_in):
    paths = [path for path in addresses(theirs) if path.startswith("/admin/") and path not in MADE_TO_BREAK]
    asking = signed_in(coordinator)
    asking.raise_request_exception = False
    assert any(tells(asking.get(path)) for path in paths)
    factories.ConflictFactory(submission=Submission.objects.get(), person=coordinator)
    assert [path for path in paths if tells(asking.get(path))] == []


@pytest.mark.parametrize(
    ("address", "language", "sent_to"),
    [
        ("/", "sv", "/sv/"),
        ("/pledges/?q=bread", "en", "/en/pledges/?q=bread"),
        ("/pledges", "en", "/en/pledges/"),
        ("/feed/atom.xml", "fi", "/fi/feed/atom.xml"),
        ("/submit/", "sv", "/sv/submit/"),
        ("/programme/", "en", "/en/programme/"),
        ("/c/earlier/awards/", "en", "/en/c/earlier/awards/"),
    ],
)
def test_an_address_without_a_language_is_sent_to_the_visitor_s(
    client,
    pages,  # noqa: F811
    address,
    language,
    sent_to,
):
    response = client.get(address, headers={"accept-language": language})
    assert (response.status_code, response["Location"]) == (302, sent_to)
    assert "Accept-Language" in response["Vary"]


@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/openapi.json",
        "/api/v1/submissions",
        "/api/v1/",
        "/data/submissions.csv",
        "/no-such-page/",
        "/apple-touch-icon.png",
        "/wp-login.php",
        "/de/",
        "/desk/no-such-place/",
    ],
)
def test_what_stands_in_no_language_is_not_there(client, pages, address):  # noqa: F811
    response = client.get(address, headers={"accept-language": "sv"})
    assert (response.status_code, response["Content-Language"]) == (404, "sv")
    assert "Accept-Language" in response["Vary"]
