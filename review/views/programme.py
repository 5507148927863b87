"""The programme's draft: chapters, order, texts, compiling and release."""

from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Count, Max, QuerySet
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from campaign import entries, programme
from campaign.models import Programme, ProgrammeEntry, ProgrammeEntryText
from campaign.models.text import lang_of
from campaign.references import normalise
from review import permissions
from review.forms import EntryTextsForm, text_names
from review.sight import in_conflict
from review.views.desk import PAGE_SIZE, Desk, desk, go
from review.views.tabs import chosen

LANGUAGES = dict(settings.LANGUAGES)


def _entries(desk: Desk) -> QuerySet[ProgrammeEntry]:
    """Those of the draft, without what the person has a conflict of interest in."""
    rows = ProgrammeEntry.objects.filter(programme__campaign=desk.campaign)
    return rows.exclude(item__reference__in=in_conflict(desk.user).values("reference"))


def _entry(desk: Desk, reference: str) -> ProgrammeEntry:
    found = _entries(desk).select_related("programme__campaign", "item", "theme")
    known = normalise(reference)
    entry = found.filter(item__reference=known).first() if known else None
    if entry is None:
        raise Http404
    return entry


@desk(permissions.EDIT_PROGRAMME)
def overview(desk: Desk) -> HttpResponse:
    numbers = dict(_entries(desk).order_by().values_list("theme").annotate(number=Count("pk")))
    chapters = [
        {"theme": theme, "number": numbers[theme.pk]}
        for theme in desk.campaign.themes.all()
        if theme.pk in numbers
    ]
    themes = {row["theme"].slug: row["theme"] for row in chapters}
    opened = themes.get(chosen(desk, themes, name="chapter"))
    rows = _entries(desk).filter(theme=opened).select_related("item").prefetch_related("texts")
    page = desk.page(rows.order_by("position", "pk"))
    context = {
        "chapters": chapters,
        "opened": opened,
        "page": page,
        "rows": [
            _row(entry, number) for number, entry in enumerate(page.object_list, start=page.start_index())
        ],
        "lacking": _lacking(desk, sum(numbers.values())),
        "uncompiled": programme.uncompiled(desk.campaign).count(),
        "programme": Programme.objects.filter(campaign=desk.campaign).first(),
        "edition": _last_edition(desk),
        "may_release": desk.user.has_perm(permissions.RELEASE_PROGRAMME),
    }
    return desk.render("programme", context, tab="programme")


def _row(entry: ProgrammeEntry, number: int) -> dict:
    texts = {text.language: text for text in entry.texts.all()}
    shown = texts.get(entry.item.language)
    return {
        "entry": entry,
        "number": number,
        "title": shown.title if shown else entry.item.title,
        "lang": lang_of(shown.language if shown else entry.item.language),
        "texts": [
            {"name": name, "text": texts.get(code) if code in texts and texts[code].body.strip() else None}
            for code, name in settings.LANGUAGES
        ],
    }


def _lacking(desk: Desk, total: int) -> list[dict]:
    """How many entries lack text in each language that lacks any."""
    texts = ProgrammeEntryText.objects.filter(entry__programme__campaign=desk.campaign).exclude(body="")
    written = dict(texts.values_list("language").annotate(number=Count("pk")))
    lacking = {name: total - written.get(code, 0) for code, name in settings.LANGUAGES}
    return [{"language": name, "number": number} for name, number in lacking.items() if number]


def _last_edition(desk: Desk) -> int:
    releases = Programme.objects.filter(campaign=desk.campaign).aggregate(last=Max("releases__number"))
    return releases["last"] or 0


@require_POST
@desk(permissions.EDIT_PROGRAMME)
def compile_draft(desk: Desk) -> HttpResponse:
    done = programme.compile_programme(desk.campaign, at=desk.at, by=desk.user)
    desk.say(_("Compiled: %(added)d new, %(removed)d removed, %(kept)d kept.") % vars(done))
    return go("programme")


@require_POST
@desk(permissions.EDIT_PROGRAMME)
def place(desk: Desk, entry: str) -> HttpResponse:
    """Move an entry up or down by one, or to the place that was typed."""
    found = _entry(desk, entry)
    typed, move = desk.request.POST.get("position", ""), desk.request.POST.get("move", "")
    steps = {"up": -1, "down": 1}
    if typed.isdecimal():
        position = int(typed[:6]) + steps.get(move, 0)
        entries.place(found, position, at=desk.at, by=desk.user)
        desk.say(_("Moved: %(title)s.") % {"title": found.item.title})
    else:
        desk.refuse(_("Write the place as a number."))
    return _back_to(desk, found)


def _back_to(desk: Desk, entry: ProgrammeEntry) -> HttpResponse:
    """The page of the chapter that the entry stands on now, at the entry."""
    entry.refresh_from_db(fields=["position"])
    before = _entries(desk).filter(theme=entry.theme, position__lt=entry.position).count()
    query = urlencode({"chapter": entry.theme.slug, "page": before // PAGE_SIZE + 1})
    return go("programme", query=query, place=f"entry-{entry.item.reference}")


@desk(permissions.EDIT_PROGRAMME)
def texts(desk: Desk, entry: str) -> HttpResponse:
    """An entry's text in each language; what is saved here, compiling leaves alone."""
    found = _entry(desk, entry)
    written = {text.language: text for text in found.texts.all()}
    form = EntryTextsForm(desk.request.POST if desk.request.method == "POST" else None, texts=written)
    if form.is_valid():
        changed = form.changed()
        entries.write_texts(found, changed, at=desk.at, by=desk.user)
        if changed:
            desk.say(_("Text saved."))
        else:
            desk.note(_("Nothing was changed."))
        return go("programme_texts", entry)
    sections = [
        {"name": name, "text": written.get(code), "fields": [form[field] for field in text_names(code)]}
        for code, name in settings.LANGUAGES
    ]
    context = {"entry": found, "sections": sections, "form": form}
    return desk.render("programme_texts", context, tab="programme", status=422 if form.is_bound else 200)


@desk(permissions.RELEASE_PROGRAMME)
def release(desk: Desk) -> HttpResponse:
    """Say what is missing, then make the next edition."""
    draft = Programme.objects.filter(campaign=desk.campaign).first()
    if draft is None or not draft.entries.exists():
        desk.refuse(_("The draft has no entries. Compile it first."))
        return go("programme")
    if desk.request.method == "POST":
        edition = programme.release_programme(desk.campaign, at=desk.at, by=desk.user)
        desk.say(_("Edition %(number)d is released in all languages.") % {"number": edition.number})
        return go("programme")
    missing = programme.missing_languages(draft)
    context = {
        "total": draft.entries.count(),
        "uncompiled": programme.uncompiled(desk.campaign).count(),
        "next": _last_edition(desk) + 1,
        "missing": [
            {"language": LANGUAGES[code], "number": len(rows), "entries": rows[:30]}
            for code, rows in missing.items()
            if rows
        ],
    }
    return desk.render("release_programme", context, tab="programme")
