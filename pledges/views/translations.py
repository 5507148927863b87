"""The owner's translations of what was sent."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from campaign.languages import named
from pledges import links, translating
from pledges.actors import OWNER
from pledges.forms import TranslationForm
from pledges.lifecycle import Refused
from pledges.models import Submission

from .own import back, owners, shown


@owners
def translations(request: HttpRequest, submission: Submission, at: datetime) -> HttpResponse:
    """The languages that the text can be translated into, and how each translation stands."""
    if translating.refusal(submission, by=OWNER):
        return back(submission)
    rows = submission.translations.select_related("of")
    places = translating.places(submission.latest, rows)
    return shown(request, "pledges/translations.html", submission, {"places": places})


@owners
def translation(request: HttpRequest, submission: Submission, at: datetime, language: str) -> HttpResponse:
    """One translation, beside the original."""
    place = translating.place(submission, language)
    if place is None:
        raise Http404
    if sentence := translating.refusal(submission, by=OWNER):
        messages.error(request, sentence)
        return back(submission)
    data = request.POST if request.method == "POST" else None
    form = TranslationForm(data, submission=submission, place=place)
    if data is not None and (done := _done(form, data, at)):
        messages.success(request, done)
        return redirect("own_translations", token=links.token(submission, links.OWN))
    context = {"form": form, "place": place, "language_name": named(language)}
    return shown(request, "pledges/translation.html", submission, context)


def _done(form: TranslationForm, data: QueryDict, at: datetime) -> str:
    """What was done, as a sentence; empty where the form says what is wrong."""
    is_whole = form.is_valid()
    try:
        if "remove" in data:
            translating.remove(form.submission, form.place.language, by=OWNER, at=at)
            return _("The translation is removed.")
        if is_whole:
            form.save(by=OWNER, at=at)
            return _("The translation is saved. Others read it once a coordinator has passed it.")
    except Refused as refused:
        form.add_error(None, str(refused))
    return ""
