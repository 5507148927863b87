"""The desk's first page, its top bar, and what it says to whom has come to another's page."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from campaign import programme
from campaign.models import NewsPage, Report
from pledges.models import Status
from review.models import Standing
from tests import factories
from tests.pages import add, pages  # noqa: F401

HOME = "/desk/"


def links(content: str) -> set[str]:
    """Where the links of a page of the desk lead within the desk and the admin."""
    return {
        link.partition("#")[0]
        for link in re.findall(r'href="(/(?:desk|admin|accounts)/[^"]*)"', content)
        if not link.endswith("/admin/")
    }


@pytest.mark.parametrize("who", ["coordinator", "reviewer", "editor", "administrator"])
def test_no_link_of_the_first_page_is_dead(who, campaign, pages, request, signed_in):  # noqa: F811
    client = signed_in(request.getfixturevalue(who))
    found = links(client.get(HOME).content.decode())
    assert {link: client.get(link).status_code for link in found} == dict.fromkeys(found, 200)


@pytest.mark.parametrize(("who", "has"), [("coordinator", True), ("editor", True), ("reviewer", False)])
def test_the_door_to_the_admin_stands_open_to_whom_it_lets_in(who, has, campaign, request, signed_in):
    content = signed_in(request.getfixturevalue(who)).get(HOME).content.decode()
    assert (f'href="{reverse("wagtailadmin_home")}"' in content) is has


def test_an_editor_finds_what_waits_and_the_doors(campaign, pages, editor, signed_in):  # noqa: F811
    changed = pages["faq"]["sv"]
    changed.introduction = "Newer words."
    changed.save_revision()
    draft = NewsPage(title="Soon to be told", slug="soon", introduction="Soon.", live=False)
    draft.locale = pages["news"]["en"].locale
    pages["news"]["en"].add_child(instance=draft)
    alone = add(
        pages["news"]["en"],
        NewsPage(title="Only in English", slug="only", introduction="Here.", locale=draft.locale),
    )
    alone.create_alias(parent=pages["news"]["sv"], update_locale=pages["news"]["sv"].locale)
    content = signed_in(editor).get(HOME).content.decode()
    words = ("page with changes that are not published", "draft of a news item", "page that lacks a language")
    assert all(f"<b>1</b> <span>{sentence}</span>" in content for sentence in words)
    for page in (changed, draft, alone):
        assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in content
    news = reverse("wagtailadmin_explore", args=[pages["news"]["en"].pk])
    for door in (reverse("wagtailadmin_explore_root"), reverse("wagtailimages:index"), news):
        assert f'href="{door}"' in content


def test_pages_that_stand_published_in_every_language_wait_for_nobody(campaign, pages, editor, signed_in):  # noqa: F811
    assert "Nothing waits for you now." in signed_in(editor).get(HOME).content.decode()


def test_the_editors_page_takes_as_many_queries_for_six_pages_as_for_two(
    campaign,
    pages,  # noqa: F811
    editor,
    signed_in,
):
    client, numbers = signed_in(editor), []
    for names in (("faq", "feed"), ("awards", "programme", "news", "front")):
        for name in names:
            pages[name]["fi"].save_revision()
        client.get(HOME)
        with CaptureQueriesContext(connection) as queries:
            client.get(HOME)
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]


def test_the_numbers_add_up_and_say_why_more_are_sent_than_are_to_screen(campaign, coordinator, signed_in):
    made = factories.SubmissionFactory
    for fields in ({}, {}, {"confirmed_at": None}, {"status": Status.RETURNED}, {"status": Status.IN_REVIEW}):
        made(campaign=campaign, **fields)
    content = signed_in(coordinator).get(HOME).content.decode()
    assert "<b>2</b> <span>submissions to screen</span>" in content
    assert "1 of them waits for its sender to confirm the e-mail address" in content
    numbers = [int(number) for number in re.findall(r"<dd>(\d+)</dd>", content)]
    assert (numbers[0], sum(numbers[1:])) == (5, 5)


@pytest.mark.parametrize(
    ("who", "name", "whose", "way"),
    [
        ("coordinator", "queue", "Reviewers find here", "submissions"),
        ("editor", "submissions", "Coordinators screen", "programme"),
        ("reviewer", "ranking", "Coordinators decide", "queue"),
    ],
)
def test_anothers_page_says_whose_it_is_and_shows_the_way(
    who, name, whose, way, campaign, request, signed_in
):
    response = signed_in(request.getfixturevalue(who)).get(reverse(f"desk:{name}"))
    content = response.content.decode()
    assert response.status_code == 403
    assert whose in content
    assert f'href="{reverse(f"desk:{way}")}"' in content
    assert f'href="{reverse(f"desk:{name}")}"' not in content


def test_who_has_nothing_at_the_desk_is_just_refused(campaign, signed_in):
    content = signed_in(factories.UserFactory()).get(HOME).content.decode()
    assert "This door is not open to you" in content


@pytest.mark.parametrize("name", ["submissions", "decisions"])
def test_an_unknown_tab_gives_the_first_one_and_says_so(name, campaign, in_review, coordinator, signed_in):
    client, url = signed_in(coordinator), reverse(f"desk:{name}")
    unknown = client.get(url, {"tab": "nonsense"}).content.decode()
    assert "This list has no such part." in unknown
    assert unknown.count('aria-current="page"') == 2
    assert "This list has no such part." not in client.get(url).content.decode()


def test_an_unknown_chapter_gives_the_first_one_and_says_so(campaign, editor, signed_in, at):
    factories.PublicItemFactory(campaign=campaign, selected=True)
    programme.compile_programme(campaign, at=at)
    client, url = signed_in(editor), reverse("desk:programme")
    assert "This list has no such part." in client.get(url, {"chapter": "nonsense"}).content.decode()


@pytest.mark.parametrize(
    ("back", "where"),
    [
        ("/desk/ranking/?page=2", "/desk/ranking/?page=2"),
        ("https://elsewhere.example/desk/", "/desk/"),
        ("//elsewhere.example/desk/", "/desk/"),
        ("", "/desk/"),
    ],
)
def test_the_desk_speaks_the_language_that_is_chosen_in_its_bar(
    back, where, campaign, coordinator, signed_in
):
    client = signed_in(coordinator)
    content = client.get(HOME).content.decode()
    assert re.findall(r'value="(\w\w)" lang="\1"( aria-current="true")?', content) == [
        ("fi", ""),
        ("sv", ""),
        ("en", ' aria-current="true"'),
    ]
    response = client.post(reverse("desk:choose_language"), {"language": "sv", "back": back})
    assert (response.status_code, response["Location"]) == (303, where)
    coordinator.refresh_from_db()
    assert coordinator.language == "sv"
    assert '<html lang="sv"' in client.get(HOME).content.decode()


def test_points_that_nobody_gave_are_a_dash_in_words_and_never_nought(
    campaign, in_review, coordinator, signed_in
):
    content = signed_in(coordinator).get(reverse("desk:decisions")).content.decode()
    assert content.count('<span class="visually-hidden">no reviews yet</span>') == 2
    assert "0.00" not in content


def test_one_review_alone_has_no_spread(campaign, in_review, coordinator, signed_in):
    Standing.objects.create(submission=in_review, mean="3.50", median="3.50", spread="0.00", reviews=1)
    for name in ("decisions", "ranking"):
        content = signed_in(coordinator).get(reverse(f"desk:{name}")).content.decode()
        assert "3.50" in content
        assert '<span class="visually-hidden">one review only</span>' in content
        assert "0.00" not in content


def test_what_waits_is_counted_over_what_the_person_sees(
    campaign, in_review, reviewer, coordinator, signed_in, at
):
    factories.AssignmentFactory(submission=in_review, reviewer=reviewer)
    item = factories.PublicItemFactory(campaign=campaign, reference=in_review.reference)
    Report.objects.create(item=item, message="Spam.", reported_at=at)
    client = signed_in(coordinator)

    def told() -> list[str]:
        return [str(task["sentence"]) for task in client.get(HOME).context["tasks"]]

    words = ["review not handed in yet", "report from readers"]
    assert [word in told() for word in words] == [True, True]
    factories.ConflictFactory(submission=in_review, person=coordinator)
    assert [word in told() for word in words] == [False, False]
