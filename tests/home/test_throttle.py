from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import RequestFactory

from home.throttle import allow, is_within, sender

HOUR = timedelta(hours=1)


def test_so_many_tries_are_allowed_and_no_more():
    assert [allow("mine:a@example.org", 3, HOUR) for _ in range(5)] == [True, True, True, False, False]


def test_each_key_has_its_own_count():
    assert allow("a", 1, HOUR)
    assert allow("b", 1, HOUR)
    assert not allow("a", 1, HOUR)


def test_the_count_ends_with_its_window():
    assert allow("a", 1, timedelta(seconds=1))
    cache.clear()
    assert allow("a", 1, timedelta(seconds=1))


def test_a_limit_of_none_allows_nothing():
    assert not allow("a", 0, HOUR)


def test_tries_at_the_same_time_are_all_counted():
    with ThreadPoolExecutor(8) as threads:
        allowed = list(threads.map(lambda _: allow("a", 5, HOUR), range(40)))
    assert allowed.count(True) == 5


def test_the_cache_holds_no_address():
    allow("mine:a@example.org", 3, HOUR)
    assert not any("example" in key for key in cache._cache)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb::9", "2001:db8:1:2::/64"),
        ("", ""),
    ],
)
def test_a_sender_is_an_address_or_the_network_that_its_holder_may_vary(address, expected):
    assert sender(RequestFactory().get("/", REMOTE_ADDR=address)) == expected


@pytest.mark.parametrize(
    ("address", "expected"),
    [("127.0.0.1", True), ("::1", True), ("::ffff:127.0.0.1", True), ("203.0.113.9", False), ("", False)],
)
def test_what_comes_from_this_machine_itself_is_known(address, expected):
    assert is_within(RequestFactory().get("/", REMOTE_ADDR=address)) is expected
