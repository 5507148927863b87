"""Putting pages of the data files into the tree, in every language."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Page, Site

from review.demo.page_translations import translate

SOURCE = settings.LANGUAGE_CODE
Facts = dict[str, Any]


@dataclass(frozen=True)
class Kind:
    """A page's model, its fields in one language, and whether menus show it."""

    model: type[Page]
    fields: Callable[[Facts, str], dict[str, Any]]
    in_menus: bool = False


def lay(front: Kind, below: dict[str, Kind], words: Facts) -> dict[str, Page]:
    """A site's first pages: the front page and those below it, by their names in `words`."""
    for code, _name in settings.LANGUAGES:
        Locale.objects.get_or_create(language_code=code)
    top = add_front(front, words["front"])
    return {name: add(top, kind, words[name]) for name, kind in below.items()}


def forget_first_addresses() -> None:
    """To be called last: a translation is first saved under its source's address, which nobody has ever known.

    Wagtail makes the redirects from there when the transaction commits.
    """
    transaction.on_commit(Redirect.objects.filter(automatically_created=True).delete)


def add(parent: Page, kind: Kind, facts: Facts, *, at: datetime | None = None) -> Page:
    """Publish a page below another, and its translations below the other's."""
    page = _written(kind, facts, SOURCE)
    page.show_in_menus, page.first_published_at, page.live = kind.in_menus, at, False
    Page.objects.get(pk=parent.pk).add_child(instance=page)
    page.save_revision().publish()
    for code, _name in settings.LANGUAGES:
        if code != SOURCE:
            translate(page, code, _written(kind, facts, code))
    if at:
        page.get_translations().update(first_published_at=at)
    return page


def _written(kind: Kind, facts: Facts, language: str) -> Page:
    words = {"title": facts["title"][language]} | kind.fields(facts, language)
    if "slug" in facts:
        words["slug"] = facts["slug"][language]
    return kind.model(locale=Locale.objects.get(language_code=language), **words)


def add_front(kind: Kind, facts: Facts) -> Page:
    """The front page, in the place of the empty page that Wagtail starts with."""
    site = Site.objects.get(is_default_site=True)
    first = site.root_page
    first.slug = f"{first.slug}-{first.pk}"
    first.save()
    site.root_page = add(Page.objects.get(depth=1), kind, facts)
    site.site_name = facts["title"][SOURCE]
    site.save()
    if first.specific_class is Page:
        Page.objects.get(pk=first.pk).delete()
    return site.root_page
