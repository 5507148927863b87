"""Every kind of page, public and desk, is accessible, valid and no wider than the screen.

One live server with the demo's review phase serves them all: half of the rows are decided, half are not.
"""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Page

from campaign.models import Campaign, ProgrammeEntry, PublicItem
from home.models import User
from pledges import links, unsent_links
from pledges.models import Status, Submission
from pledges.unsent import edit_key
from review import proposals
from review.demo.people import PASSWORD
from tests import factories, markup

VIOLATIONS = """async rules => {
  const found = await axe.run({resultTypes: ["violations"], ...rules});
  return found.violations.map(({id, nodes}) => [id, nodes.slice(0, 3).map(node => node.target)]);
}"""
SCREENS = [(width, scheme) for width in (320, 1280) for scheme in ("light", "dark")]
PUBLIC = [
    "/en/",
    "/en/pledges/",
    "/en/pledges/?view=table&kind=initiative",
    "/en/pledges/?q=nothing-like-this",
    "/en/submit/",
    "/en/mine/",
    "/en/programme/",
    "/en/awards/",
    "/en/feed/",
    "/en/how-to-take-part/",
    "/en/how-we-choose/",
    "/en/questions/",
    "/en/contacts/",
    "/en/news/",
    "/en/privacy/",
    "/en/accessibility/",
    "/en/no-such-page/",
    "/sv/",
    "/fi/programme/",
    "/en/mine/not-a-link/",
    "/accounts/login/",
    "/accounts/password/reset/",
]
DESK = [
    "/desk/",
    "/desk/dates/",
    "/desk/interests/",
    "/desk/conflicts/",
    "/desk/procedure/",
    "/desk/submissions/",
    "/desk/submissions/?tab=review",
    "/desk/submissions/?tab=spam",
    "/desk/submissions/?tab=late",
    "/accounts/",
    "/desk/ranking/",
    "/desk/ranking/?kind=pledge",
    "/desk/ranking/firmness/",
    "/desk/calibration/",
    "/desk/reviewers/",
    "/desk/reviewers/table/",
    "/desk/reviewers/calibration/",
    "/desk/decisions/",
    "/desk/decisions/?tab=reserve",
    "/desk/decisions/choose/",
    "/desk/decisions/choose/?tab=themes&total=9&each=1&fewest=1",
    "/desk/decisions/letters/",
    "/desk/decisions/release/",
    "/desk/awards/",
    "/desk/meetings/",
    "/desk/programme/",
    "/desk/programme/release/",
    "/desk/consents/",
    "/desk/overview/",
    "/desk/log/",
    "/desk/log/?person=nobody",
    "/desk/export/",
]


def public_pages() -> list[str]:
    item = PublicItem.objects.filter(campaign__is_current=True).newest().first()
    awarded = PublicItem.objects.filter(awarded=True).first()
    submission = Submission.objects.filter(status=Status.IN_REVIEW).first()
    own = links.token(submission, links.OWN)
    PublicItem.objects.filter(pk=item.pk).update(joinable=True)
    Submission.objects.filter(reference=item.reference).update(open_for_partners=True)
    Campaign.objects.update(partners_until=timezone.now() + timedelta(days=1))
    invited = factories.PartnerFactory(submission=submission)
    offered = factories.PartnerFactory(
        submission=submission, state="confirmed", lead_offered_at=timezone.now(), message="Please"
    )
    joined = [f"/en/partner/{links.partner_token(part)}/" for part in (invited, offered)]
    at = timezone.now()
    unsent = factories.UnsentFormFactory(campaign=submission.campaign)
    unsent.texts.create(saved_by="other", number=1, data=[["title", "Another café"]], saved_at=at)
    kept = f"/en/submit/kept/{unsent_links.token(unsent, unsent_links.UNSENT)}/"
    key = edit_key(submission)
    factories.UnsentFormFactory(campaign=submission.campaign, submission=submission, key=key)
    return [
        *PUBLIC,
        f"/en/pledges/{item.reference}/",
        f"/en/pledges/{item.reference}/report/",
        f"/en/pledges/{item.reference}/join/",
        *joined,
        f"{joined[1]}lead/",
        awarded.get_absolute_url(),
        f"/en/submit/sent/?key={links.token(submission, links.SENT, at=at)}",
        *(f"{kept}{page}" for page in ("", "care/", "compare/")),
        f"/en/submit/kept/{unsent_links.token(unsent, unsent_links.QUIET)}/",
        f"/en/submit/quiet/{unsent_links.token(unsent, unsent_links.QUIET)}/",
        f"/en/confirm/{links.token(submission, links.CONFIRM)}/",
        *(
            f"/en/mine/{own}/{page}"
            for page in (
                "",
                "edit/",
                "edit/compare/",
                "files/",
                "consents/",
                "translations/",
                "translations/sv/",
                "partners/",
                "withdraw/",
            )
        ),
    ]


def desk_pages() -> list[str]:
    submission = Submission.objects.filter(status=Status.IN_REVIEW).first()
    entry = ProgrammeEntry.objects.select_related("item").first()
    coordinator = User.objects.get(email="coordinator@example.org")
    proposals.make(submission.campaign, by=coordinator, at=timezone.now())
    reviewer = f"/desk/reviewers/{User.objects.get(email='reviewer2@example.org').pk}/"
    return [
        *DESK,
        "/desk/reviewers/proposal/",
        *(f"{reviewer}{page}" for page in ("", "?tab=more", "profile/", "left/")),
        f"/desk/submissions/{submission.reference}/",
        f"/desk/submissions/{submission.reference}/translations/sv/",
        f"/desk/programme/{entry.item.reference}/",
    ]


def review_pages() -> list[str]:
    reviewer = User.objects.get(email="reviewer1@example.org")
    assignment = reviewer.assignments.select_related("submission").latest("pk")
    return ["/desk/", "/desk/queue/", "/desk/queue/mine/", f"/desk/queue/{assignment.submission.reference}/"]


@pytest.fixture
def demo(transactional_db) -> None:
    call_command("demo", at="review", verbosity=0)
    User.objects.update(language="en")


def sign_in(page: Page, name: str) -> None:
    page.goto("/accounts/login/?next=/desk/")
    page.get_by_role("textbox", name="E-mail").fill(f"{name}@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/desk/")


def problems(page: Page, path: str) -> Iterator[str]:
    """What is wrong with a page, each with where."""
    response = page.goto(path)
    if response.status not in {200, 404}:
        yield f"{path}: {response.status}"
    for sentence in markup.problems(response.text()):
        yield f"{path}: {sentence}"
    yield from barriers(page, path)


def barriers(page: Page, path: str) -> Iterator[str]:
    """What keeps people from using the page that is open, on every screen. In the dark only colours differ."""
    page.evaluate(AXE_SCRIPT)
    for width, scheme in SCREENS:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        where = f"{path} at {width} px, {scheme}"
        rules = {"runOnly": ["color-contrast"]} if scheme == "dark" else {}
        for rule, targets in page.evaluate(VIOLATIONS, rules):
            yield f"{where}: {rule} {targets}"
        too_wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if too_wide > 0:
            yield f"{where}: {too_wide} px too wide"


@pytest.mark.browser
@pytest.mark.looks
def test_every_kind_of_page(demo, person) -> None:
    found = []
    for name, paths in ((None, public_pages()), ("coordinator", desk_pages()), ("reviewer1", review_pages())):
        page = person()
        if name:
            sign_in(page, name)
        found += [problem for path in paths for problem in problems(page, path)]
    page = person()
    page.goto("/en/submit/")
    page.get_by_role("button", name="Keep as a draft").click()
    found += barriers(page, "the form with errors")
    assert found == []
