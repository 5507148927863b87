"""Who really asks, when the portal stands behind proxies."""

from collections.abc import Callable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest, HttpResponse

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

FORWARDED = (
    "HTTP_FORWARDED",
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PORT",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_REAL_IP",
)


def parse(text: str) -> Address | None:
    """The address in one part of X-Forwarded-For, which may carry a port; None when there is none."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


class TrustedProxyMiddleware:
    """Puts the visitor's address into REMOTE_ADDR when a proxy of TRUSTED_PROXIES names it.

    The list is read from the right, where our own proxies write, and the first address that is not one of
    them is the visitor. What anybody else says of itself in these headers is thrown away, so that nobody
    passes a rate limit, or for https, by a header.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.trusted: list[Network] = [ip_network(text, strict=False) for text in settings.TRUSTED_PROXIES]

    def __call__(self, request: HttpRequest) -> HttpResponse:
        peer = parse(request.META.get("REMOTE_ADDR", ""))
        if self.trusts(peer):
            request.META["REMOTE_ADDR"] = self.visitor(request, peer)
            request.META.pop("HTTP_X_FORWARDED_FOR", None)
        else:
            for header in FORWARDED:
                request.META.pop(header, None)
        return self.get_response(request)

    def trusts(self, address: Address | None) -> bool:
        return address is not None and any(address in network for network in self.trusted)

    def visitor(self, request: HttpRequest, peer: Address | None) -> str:
        last = peer
        for text in reversed(request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")):
            address = parse(text)
            if address is None:
                break
            last = address
            if not self.trusts(address):
                break
        return str(last)
