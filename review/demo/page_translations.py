"""Translations of the demo's pages, kept sentence by sentence as wagtail-localize keeps what editors translate."""

import json
from collections.abc import Iterable

from wagtail.models import Locale, Page
from wagtail_localize.models import (
    OverridableSegment,
    SegmentOverride,
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)
from wagtail_localize.segments.extract import StringSegmentValue, extract_segments


def translate(page: Page, code: str, model: Page) -> None:
    """Publish the page in another language; `model` says in that language what the page says in its own.

    The two have the same blocks and paragraphs, so the nth sentence of a field translates the nth of the other.
    """
    locale = Locale.objects.get(language_code=code)
    source, _created = TranslationSource.get_or_create_from_instance(page)
    translation = Translation.objects.create(source=source, target_locale=locale)
    words = {place: value.string.data for place, value in _placed(_values(model), lambda v: v.path)}
    segments = (
        StringSegment.objects.filter(source=source).select_related("string", "context").order_by("order")
    )
    for place, segment in _placed(segments, lambda segment: segment.context.path):
        StringTranslation.objects.create(
            translation_of=segment.string,
            locale=locale,
            context=segment.context,
            data=words[place],
            translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
        )
    if model.slug:
        _give_address(source, locale, model.slug)
    # Not save_target(publish=True): that publishes when the transaction commits, from a copy that knows
    # nothing of the children added since, and would leave the front pages childless.
    translation.save_target(publish=False)
    translation.get_target_instance().get_latest_revision().publish()


def _give_address(source: TranslationSource, locale: Locale, slug: str) -> None:
    segment = OverridableSegment.objects.get(source=source, context__path="slug")
    SegmentOverride.objects.create(locale=locale, context=segment.context, data_json=json.dumps(slug))


def _values(model: Page) -> list[StringSegmentValue]:
    return [value for value in extract_segments(model) if isinstance(value, StringSegmentValue)]


def _placed(things: Iterable, path_of) -> Iterable[tuple[tuple[str, int], object]]:
    """Each thing with its place: its field's path, and how many of that path came before it."""
    seen: dict[str, int] = {}
    for thing in things:
        path = path_of(thing)
        seen[path] = seen.get(path, -1) + 1
        yield (path, seen[path]), thing
