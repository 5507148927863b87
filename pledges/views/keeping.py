"""What the pages with a form share about keeping it unsent: who asks, how often, and what the page then shows."""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from campaign.models import Campaign
from home.asked import whole_number
from home.throttle import allow, allow_sender, is_within
from pledges import links, unsent_links
from pledges.forms.unsent import typed
from pledges.lifecycle import Refused
from pledges.models import Submission, UnsentForm
from pledges.models.submission import new_form_key
from pledges.unsent import AlreadySent, Draft, edit_key, keep

# An office of sixty may begin within an hour behind one address; a tab saves every few seconds, and one form has few tabs.
BEGUN_PER_SENDER, SAVES_PER_FORM, PER_HOUR = 60, 1500, timedelta(hours=1)
FORM_KEY = re.compile(r"[\w-]{1,64}", re.ASCII)
TAB = re.compile(r"[\w-]{1,24}", re.ASCII)


@dataclass(frozen=True)
class Outcome:
    """What came of an attempt to keep a form: 200, or why not, in a sentence."""

    status: int
    form: UnsentForm | None = None
    sentence: str = ""


def form_key(request: HttpRequest) -> str:
    """The key of the form as it was rendered, or a new one where there is none."""
    sent = request.POST.get("form_key", "")
    return sent if FORM_KEY.fullmatch(sent) else new_form_key()


def draft_of(
    request: HttpRequest, campaign: Campaign, data: QueryDict, *, submission: Submission | None = None
) -> Draft:
    """What this request wants kept."""
    return Draft(
        key=edit_key(submission) if submission else form_key(request),
        typed=typed(data),
        tab=tab(request),
        number=save_number(request),
        campaign=campaign,
        language=get_language(),
        submission=submission,
    )


def tab(request: HttpRequest) -> str:
    """The name of the tab that asks: each page that is opened gets one, and keeps it when it comes back with errors."""
    sent = request.POST.get("tab", "")
    return sent if TAB.fullmatch(sent) else secrets.token_urlsafe(9)


def save_number(request: HttpRequest) -> int | None:
    """The save that the page was opened on, or has made itself since."""
    return whole_number(request.POST.get("save_number", ""))


def attempt(request: HttpRequest, draft: Draft, *, at: datetime) -> Outcome:
    """Keep a draft if it may be; never an error for the reader."""
    if not _may_ask(request, draft):
        return Outcome(429, sentence=_("Very much was saved from here within an hour. We try again later."))
    try:
        kept = keep(draft, at=at)
    except AlreadySent as refusal:
        return Outcome(410, sentence=str(refusal))
    except Refused as refusal:
        return Outcome(422, sentence=str(refusal))
    if kept.is_overtaken:
        return Outcome(409, kept.form, overtaken_sentence())
    return Outcome(200, kept.form)


def overtaken_sentence() -> str:
    return _("This form was saved in another window or on another device meanwhile. Both texts are kept.")


def _may_ask(request: HttpRequest, draft: Draft) -> bool:
    if is_within(request):
        return True
    if UnsentForm.objects.filter(key=draft.key).exists():
        return allow(f"keep:{draft.key}", SAVES_PER_FORM, PER_HOUR)
    return allow_sender(request, "begin", BEGUN_PER_SENDER, PER_HOUR)


def pad(request: HttpRequest, form: UnsentForm | None, *, submission: Submission | None = None) -> dict:
    """What a page with a form knows of what is kept of it: `unsent` in the templates."""
    facts = {
        "keep_url": keep_url(submission),
        "tab": tab(request),
        "number": save_number(request) or 0,
        "form": form,
    }
    if form is None:
        return facts
    return facts | {
        "number": form.number,
        "url": request.build_absolute_uri(unsent_links.path(form)),
        "compare_url": unsent_links.compare_path(form) if submission or form.texts.exists() else "",
        "care_url": "" if submission else unsent_links.care_path(form),
    }


def keep_url(submission: Submission | None) -> str:
    if submission is None:
        return reverse("keep")
    return reverse("own_edit_keep", kwargs={"token": links.token(submission, links.OWN)})
