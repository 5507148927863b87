"""What is hidden of a submission while the review is blind, and the text as its reviewers see it."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from campaign.models.text import TRANSLATED, WORDS
from home.models import User
from pledges import receipt
from pledges.lifecycle import Refused
from pledges.models import Submission, Translation, Version
from pledges.models.submission import SubmissionQuerySet
from review import blind, permissions, reading
from review.fairness_forms import PassageForm
from review.redactions import mark
from review.redactions import remove as show_again
from review.sight import visible_to
from review.views.desk import Desk, desk, go
from review.views.translations import HAS_TRANSLATIONS, translations_of


def to_redact(user: User) -> SubmissionQuerySet:
    return visible_to(user).annotate(has_translations=HAS_TRANSLATIONS).filter(latest__isnull=False)


@desk(permissions.SCREEN, sees=to_redact)
def redactions(desk: Desk, found: Submission) -> HttpResponse:
    shown = found.screened_id or found.latest_id
    version, translations = reading.whole([shown])[shown], translations_of(found)
    data = desk.request.POST if desk.request.method == "POST" else None
    form = PassageForm(data, texts=[*_texts(version), *_translated(translations)])
    if form.is_valid():
        try:
            mark(found, form.cleaned_data["passage"], by=desk.user, at=desk.at)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            desk.say(_("The passage is hidden from reviewers."))
            return go("redactions", found.reference)
    asked = desk.request.GET.get("text", "")
    veil = blind.as_reviewers_see([found], found.campaign)[found.pk]
    context = {
        "submission": found,
        "form": form,
        "rows": found.redactions.select_related("marked_by").order_by("pk"),
        "is_blind_review": blind.is_blind(found.campaign),
        **blind.shown(found, version, veil, translations=translations, asked=asked),
    }
    return desk.render("redactions", context, tab="submissions", status=200 if data is None else 422)


def _texts(version: Version) -> list[str]:
    """Everything that a version says in its writer's own words."""
    rows = [
        *map(receipt.action_in_words, version.actions.all()),
        *map(reading.exchange_in_words, version.exchanges.all()),
    ]
    tags = [f"#{tag.name}" for tag in version.tags.all()]
    return [*(getattr(version, name) for name in WORDS), *rows, *tags]


def _translated(translations: list[Translation]) -> list[str]:
    fields = [getattr(row, name) for row in translations for name in TRANSLATED]
    return [*fields, *(words for row in translations for words in row.phrases.values())]


@require_POST
@desk(permissions.SCREEN, sees=visible_to)
def remove(desk: Desk, found: Submission, redaction: int) -> HttpResponse:
    row = found.redactions.filter(pk=redaction).first()
    if row is None:
        raise Http404
    row.submission = found
    show_again(row, by=desk.user, at=desk.at)
    desk.say(_("Reviewers read the passage again."))
    return go("redactions", found.reference)
