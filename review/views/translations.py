"""A submission's translation at the desk: written, passed or removed by a coordinator."""

from django.db.models import Exists, OuterRef, Prefetch, prefetch_related_objects
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from campaign.languages import named
from pledges import actors, translating
from pledges.forms import TranslationForm
from pledges.lifecycle import Refused
from pledges.models import Submission, Translation
from review import permissions
from review.sight import visible_to
from review.views.desk import Desk, desk, go

# Of a submission: whether it has any. Most have none, and are then not asked for them.
HAS_TRANSLATIONS = Exists(Translation.objects.filter(submission=OuterRef("pk")))


def translations_of(found: Submission) -> list[Translation]:
    """All translations of one that was found with `has_translations`; asked for once, and only where there are any."""
    if not found.has_translations:
        return []
    rows = Translation.objects.select_related("of")
    prefetch_related_objects([found], Prefetch("translations", queryset=rows))
    return list(found.translations.all())


@desk(permissions.SCREEN, sees=visible_to, observed=False)
def translation(desk: Desk, found: Submission, language: str) -> HttpResponse:
    """One translation, beside the original."""
    place = translating.place(found, language)
    if place is None:
        raise Http404
    data = desk.request.POST if desk.request.method == "POST" else None
    form = TranslationForm(data, submission=found, place=place)
    if data is not None and (done := _done(desk, form)):
        desk.say(done)
        return go("submission", found.reference, place="translations")
    context = {
        "submission": found,
        "form": form,
        "place": place,
        "language_name": named(language),
        "refusal": translating.refusal(found, by=actors.coordinator(desk.user)),
    }
    return desk.render("translation", context, tab="submissions", status=200 if data is None else 422)


def _done(desk: Desk, form: TranslationForm) -> str:
    """What was done, as a sentence; empty where the form says what is wrong."""
    asked, is_whole = desk.request.POST, form.is_valid()
    acting = {"by": actors.coordinator(desk.user), "at": desk.at}
    of = (form.submission, form.place.language)
    try:
        if "pass" in asked:
            translating.pass_translation(*of, stamp=asked["pass"], **acting)
            return _("The translation is passed. Readers see it where the text is published.")
        if "remove" in asked:
            translating.remove(*of, **acting)
            return _("The translation is removed.")
        if is_whole:
            form.save(**acting)
            return _("The translation is saved and passed. Readers see it where the text is published.")
    except Refused as refused:
        form.add_error(None, str(refused))
    return ""
