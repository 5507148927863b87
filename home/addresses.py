"""Addresses of the portal: absolute ones, and the same page in another language."""

from django.conf import settings

LANGUAGE_NAMES = {"fi": "Suomi", "sv": "Svenska", "en": "English"}


def absolute(path: str) -> str:
    """The full address of a path of this portal; the host comes from the settings, never from the request."""
    return f"{settings.SITE_URL}{path}"


def split_language(path: str) -> tuple[str, str]:
    """The language prefix of a path and the rest: "/sv/feed/" gives ("sv", "/feed/"); no prefix gives ("", path)."""
    code, slash, rest = path[1:].partition("/")
    return (code, f"/{rest}") if slash and code in LANGUAGE_NAMES else ("", path)


def in_languages(path: str) -> dict[str, str]:
    """The addresses of one plain page in every language; none for a page outside the languages."""
    language, rest = split_language(path)
    return {code: f"/{code}{rest}" for code in LANGUAGE_NAMES} if language else {}


def switches(addresses: dict[str, str], *, current: str) -> list[dict]:
    """The links of the language switch, from the page's address in each language."""
    return [
        {"code": code, "name": name, "url": addresses.get(code, f"/{code}/"), "current": code == current}
        for code, name in LANGUAGE_NAMES.items()
    ]


def alternates(addresses: dict[str, str]) -> list[dict]:
    """What hreflang says: the page's full address in each language it exists in, and one for everybody else."""
    links = [{"code": code, "url": absolute(url)} for code, url in addresses.items()]
    if settings.LANGUAGE_CODE in addresses:
        links.append({"code": "x-default", "url": absolute(addresses[settings.LANGUAGE_CODE])})
    return links
