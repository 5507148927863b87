import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from home.proxies import FORWARDED, TrustedProxyMiddleware

INNER, OUTER = "10.0.0.7", "2001:db8:1::5"


def seen(settings, *, peer: str, **headers) -> dict:
    """What the portal sees of a request, behind two trusted proxies."""
    settings.TRUSTED_PROXIES = ["10.0.0.0/24", "2001:db8:1::/48"]
    request = RequestFactory().get("/", REMOTE_ADDR=peer, headers=headers)
    TrustedProxyMiddleware(lambda request: HttpResponse())(request)
    return request.META


@pytest.mark.parametrize(
    ("peer", "forwarded", "visitor"),
    [
        (INNER, "203.0.113.9", "203.0.113.9"),
        (INNER, "203.0.113.9, 2001:db8:1::5", "203.0.113.9"),
        (INNER, "1.2.3.4, 203.0.113.9, 10.0.0.8", "203.0.113.9"),
        (OUTER, "2001:db8:ffff::1", "2001:db8:ffff::1"),
        (OUTER, "[2001:db8:ffff::1]:4433", "2001:db8:ffff::1"),
        (INNER, "203.0.113.9:51000", "203.0.113.9"),
        ("::ffff:10.0.0.7", "203.0.113.9", "203.0.113.9"),
        (INNER, "", INNER),
        (INNER, "unknown", INNER),
        (INNER, "203.0.113.9, not an address", INNER),
        (INNER, "10.0.0.8, 10.0.0.9", "10.0.0.8"),
        ("203.0.113.200", "1.2.3.4", "203.0.113.200"),
        ("2001:db8:2::1", "1.2.3.4", "2001:db8:2::1"),
        ("", "1.2.3.4", ""),
    ],
)
def test_the_visitor_is_who_our_proxies_say(settings, peer, forwarded, visitor):
    assert seen(settings, peer=peer, **{"x-forwarded-for": forwarded})["REMOTE_ADDR"] == visitor


def test_what_a_stranger_says_of_itself_is_thrown_away(settings):
    headers = {name.removeprefix("HTTP_").replace("_", "-"): "https" for name in FORWARDED}
    meta = seen(settings, peer="203.0.113.200", **headers)
    assert not set(FORWARDED) & set(meta)


def test_a_trusted_proxy_tells_the_scheme(settings):
    assert seen(settings, peer=INNER, **{"x-forwarded-proto": "https"})["HTTP_X_FORWARDED_PROTO"] == "https"


def test_nobody_is_trusted_unless_named(settings):
    settings.TRUSTED_PROXIES = []
    request = RequestFactory().get("/", REMOTE_ADDR="127.0.0.1", headers={"x-forwarded-for": "1.2.3.4"})
    TrustedProxyMiddleware(lambda request: HttpResponse())(request)
    assert request.META["REMOTE_ADDR"] == "127.0.0.1"


def test_a_proxy_that_is_no_network_stops_the_start(settings):
    settings.TRUSTED_PROXIES = ["proxy.example.org"]
    with pytest.raises(ValueError, match=r"proxy\.example\.org"):
        TrustedProxyMiddleware(lambda request: HttpResponse())
