"""Only what is public, the same for everybody, and still true is ever served from the cache."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.http import HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.middleware.csrf import get_token
from django.test import RequestFactory
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.vary import vary_on_headers
from wagtail.models import Page
from wagtail.models import Site as WagtailSite

from home.models import InfoPage, PublicVersion, SiteSettings
from home.page_cache import (
    LONGEST_ADDRESS,
    PageCacheMiddleware,
    keep_until,
    public_page,
    seconds_to_keep,
)
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def caching(settings):
    settings.PAGE_CACHE_SECONDS = 60


class Site:
    """A portal of one view behind the cache; `made` counts how often the page was really made."""

    def __init__(self, view) -> None:
        self.made = 0
        self.view = view
        self.middleware = PageCacheMiddleware(self.make)

    def make(self, request) -> HttpResponse:
        self.made += 1
        return self.view(request)

    def get(self, path="/en/", *, method="get", cookies=None, **extra) -> HttpResponse:
        factory = RequestFactory()
        factory.cookies.load(cookies or {})
        return self.middleware(getattr(factory, method)(path, **extra))


def page(request) -> HttpResponse:
    return HttpResponse(f"{request.get_full_path()} {PublicVersion.current()}")


def is_kept(view, **request) -> bool:
    site = Site(view)
    site.get(**request)
    site.get(**request)
    return site.made == 1


def test_a_public_page_is_made_once_for_all_strangers():
    site = Site(public_page(page))
    first, second = site.get(), site.get()
    assert site.made == 1
    assert second.content == first.content
    assert second.items() == first.items()


def test_a_page_that_does_not_say_that_it_is_public_is_made_each_time():
    assert not is_kept(page)


def test_nothing_is_kept_where_there_is_no_shared_cache(settings):
    settings.PAGE_CACHE_SECONDS = 0
    assert not is_kept(public_page(page))


@pytest.mark.parametrize("cookie", ["sessionid", "csrftoken", "messages"])
def test_who_carries_a_personal_cookie_gets_a_page_of_the_own(cookie):
    assert not is_kept(public_page(page), cookies={cookie: "x"})


def test_a_page_made_for_one_who_signed_in_is_never_given_to_strangers():
    site = Site(public_page(page))
    site.get(cookies={"sessionid": "x"})
    site.get()
    assert site.made == 2


def test_a_marker_outside_a_permission_check_opens_nothing():
    """A peer cached its staff pages so and served them to the public."""

    def staff_only(request) -> HttpResponse:
        request.user = UserFactory()
        return HttpResponse("secret")

    assert not is_kept(public_page(staff_only))


def with_cookie(request) -> HttpResponse:
    response = page(request)
    response.set_cookie("chosen", "x")
    return response


def with_a_form(request) -> HttpResponse:
    return HttpResponse(get_token(request))


def with_a_nonce(request) -> HttpResponse:
    request._csp_nonce = "abc"
    return page(request)


@pytest.mark.parametrize(
    "view",
    [
        with_cookie,
        with_a_form,
        with_a_nonce,
        cache_control(private=True)(page),
        cache_control(no_store=True)(page),
        cache_control(no_cache=True)(page),
        cache_control(max_age=0)(page),
        vary_on_headers("User-Agent")(page),
        vary_on_headers("*")(page),
        lambda request: HttpResponse("gone", status=410),
        lambda request: HttpResponseRedirect("/"),
        lambda request: StreamingHttpResponse(iter(["a"])),
        lambda request: HttpResponse(b"%PDF", content_type="application/pdf"),
    ],
)
def test_what_is_not_for_everybody_is_not_kept(view):
    assert not is_kept(public_page(view))


@pytest.mark.parametrize(
    "view", [vary_on_headers("Accept-Language", "Cookie")(page), cache_control(max_age=9)(page)]
)
def test_what_the_key_knows_may_vary(view):
    assert is_kept(public_page(view))


@pytest.mark.parametrize(
    "request_",
    [{"method": "post"}, {"headers": {"authorization": "Basic x"}}, {"path": "/" + "x" * LONGEST_ADDRESS}],
)
def test_unusual_requests_pass_by(request_):
    assert not is_kept(public_page(page), **request_)


def test_address_host_scheme_and_language_make_different_pages(settings):
    settings.ALLOWED_HOSTS = ["a.example", "b.example"]
    site = Site(public_page(page))
    asked = [
        {"path": "/en/pledges/"},
        {"path": "/en/pledges/?page=2"},
        {"path": "/fi/pledges/"},
        {"path": "/", "headers": {"accept-language": "sv"}},
        {"path": "/", "headers": {"accept-language": "en"}},
        {"path": "/en/pledges/", "secure": True},
    ]
    for _ in range(2):
        for host in settings.ALLOWED_HOSTS:
            for each in asked:
                site.get(**each, SERVER_NAME=host)
    assert site.made == 2 * len(asked)


def test_a_head_is_answered_from_the_page_but_never_kept():
    site = Site(public_page(page))
    site.get(method="head")
    site.get()
    site.get(method="head")
    assert site.made == 2


def test_no_page_outlives_a_public_change():
    site = Site(public_page(page))
    site.get()
    PublicVersion.move()
    assert site.get().content.endswith(str(PublicVersion.current()).encode())
    assert site.made == 2


def test_a_page_made_while_something_public_changes_is_not_served_after_it():
    def overtaken(request) -> HttpResponse:
        PublicVersion.move()
        return HttpResponse("as it was before")

    assert not is_kept(public_page(overtaken))


def test_saving_the_portal_s_settings_is_a_public_change():
    before = PublicVersion.current()
    SiteSettings.objects.create(site=WagtailSite.objects.get(is_default_site=True))
    assert PublicVersion.current() == before + 1


def test_publishing_moving_and_deleting_a_page_are_public_changes():
    root = Page.objects.get(depth=1)
    numbers = [PublicVersion.current()]
    one = root.add_child(instance=Page(title="One", slug="one"))
    two = root.add_child(instance=Page(title="Two", slug="two", live=False))
    for change in (
        lambda: Page.objects.get(pk=two.pk).save_revision().publish(),
        lambda: Page.objects.get(pk=two.pk).unpublish(),
        lambda: Page.objects.get(pk=two.pk).move(one, "last-child"),
        lambda: Page.objects.get(pk=one.pk).delete(),
    ):
        change()
        numbers.append(PublicVersion.current())
    assert numbers == sorted(set(numbers))


@pytest.mark.parametrize(("ahead", "seconds"), [(30.5, 30), (3600, 60), (0.4, 0), (-5, -5)])
def test_a_page_is_not_kept_beyond_the_moment_when_it_changes(at, ahead, seconds):
    request = RequestFactory().get("/")
    keep_until(request, at + timedelta(days=1))
    keep_until(request, at + timedelta(seconds=ahead))
    keep_until(request, at + timedelta(hours=2))
    assert seconds_to_keep(request, page(request), at) == seconds


def test_a_page_that_is_about_to_change_is_not_kept():
    def about_to_change(request) -> HttpResponse:
        keep_until(request, timezone.now() + timedelta(milliseconds=500))
        return page(request)

    assert not is_kept(public_page(about_to_change))


def test_a_page_is_kept_no_longer_than_it_says_itself(at):
    request = RequestFactory().get("/")
    assert seconds_to_keep(request, cache_control(max_age=9)(page)(request), at) == 9
    assert seconds_to_keep(request, cache_control(max_age=900)(page)(request), at) == 60


def test_a_kept_feed_answers_not_modified():
    def feed(request) -> HttpResponse:
        return HttpResponse("<feed/>", content_type="application/atom+xml", headers={"ETag": '"7"'})

    site = Site(public_page(feed))
    site.get()
    again = site.get(headers={"if-none-match": '"7"'})
    assert (site.made, again.status_code, again.content) == (1, 304, b"")


def test_a_kept_page_costs_one_query(django_assert_num_queries):
    site = Site(public_page(page))
    site.get()
    with django_assert_num_queries(1):
        site.get()


@pytest.mark.parametrize("address", ["/en/pledges/", "/fi/feed/atom.xml"])
def test_the_portal_s_own_public_pages_are_kept(client, campaign, address, django_assert_num_queries):
    first = client.get(address)
    assert first.status_code == 200
    with django_assert_num_queries(1):
        again = client.get(address)
    assert again.content == first.content
    assert again["Content-Language"] == first["Content-Language"]


def test_wagtail_s_pages_are_kept_until_they_are_published_anew(client, campaign, django_assert_num_queries):
    page = WagtailSite.objects.get(is_default_site=True).root_page.add_child(
        instance=InfoPage(title="Vanha nimi", slug="tietoa")
    )
    client.get("/fi/tietoa/")
    with django_assert_num_queries(1):
        assert "Vanha nimi" in client.get("/fi/tietoa/").content.decode()
    page.title = "Uusi nimi"
    page.save_revision().publish()
    assert "Uusi nimi" in client.get("/fi/tietoa/").content.decode()


@pytest.mark.parametrize("address", ["/accounts/login/", "/en/submit/", "/en/mine/", "/desk/", "/admin/"])
def test_no_page_with_a_form_or_for_staff_is_kept(client, campaign, address, coordinator):
    client.get(address, follow=True)
    client.cookies.clear()
    client.force_login(coordinator)
    client.get(address, follow=True)
    client.cookies.clear()
    assert not [key for key in cache._cache if "page:" in key]
