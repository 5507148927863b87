"""Copy from last time: an earlier campaign's submission begun anew in the current one, as a form to be finished.

The words, the organisation and the people are copied. Dates have passed and are left out, a theme is copied where the
campaign has one of the same address, and every consent is asked anew.
"""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from campaign.closing import not_open
from campaign.models import Campaign
from pledges import versions
from pledges.forms import EditForm
from pledges.forms.giver import typed_of
from pledges.lifecycle import Refused, lock_by_link, when_erased
from pledges.models import Status, Submission, UnsentForm
from pledges.models.submission import PEOPLE, new_form_key
from pledges.organisations import lead_of
from pledges.racing import through_races
from pledges.rows import KINDS
from pledges.unsent import Typed
from pledges.versions import Text

PASSED = frozenset({"starts_on", "ends_on", "until"})


def renewal(submission: Submission, campaign: Campaign) -> Submission | None:
    """What was sent to renew it in the campaign and has not ended since."""
    sent = submission.renewals.filter(campaign=campaign, erased_at=None)
    return sent.exclude(status__in={Status.WITHDRAWN, Status.SPAM}).order_by("pk").last()


def renewal_refusal(submission: Submission, campaign: Campaign | None, *, at: datetime) -> str | None:
    """Why this cannot be renewed in the campaign now, as a sentence; None when it can."""
    if sentence := when_erased(submission):
        return sentence
    if campaign is None or submission.campaign_id == campaign.pk or submission.campaign.accepts_any(at):
        return _("There is no later campaign to renew this in.")
    if submission.status in {Status.DRAFT, Status.SPAM}:
        return _("Only what was sent can be renewed.")
    if renewed := renewal(submission, campaign):
        return _("This has been renewed already: %(reference)s.") % {"reference": renewed.reference}
    return None if campaign.accepts_any(at) else not_open(campaign, at)


def renew(submission: Submission, campaign: Campaign, *, language: str, at: datetime) -> UnsentForm:
    """The form that renews a submission, begun once however often it is asked for. Raises Refused."""
    return through_races(lambda: _renew(submission, campaign, language, at))


def _renew(submission: Submission, campaign: Campaign, language: str, at: datetime) -> UnsentForm:
    locked = lock_by_link(submission)
    if sentence := renewal_refusal(locked, campaign, at=at):
        raise Refused(sentence)
    begun = UnsentForm.objects.filter(renews=locked, campaign=campaign).first()
    if begun:
        return begun
    return UnsentForm.objects.create(
        campaign=campaign,
        renews=locked,
        key=new_form_key(),
        kind=locked.kind,
        email=locked.contact_email,
        language=language,
        data=typed_anew(locked, campaign),
        created_at=at,
        saved_at=at,
    )


def typed_anew(submission: Submission, campaign: Campaign) -> Typed:
    """What the form of another campaign would hold if somebody had typed the submission into it."""
    text = versions.read(submission.latest)
    fields = EditForm.initial_of(text) | {name: getattr(submission, name) for name in PEOPLE}
    fields |= {"kind": submission.kind} | typed_of(lead_of(submission)) | _themes(submission, text, campaign)
    pairs = [
        [name, _as_typed(each)]
        for name, value in fields.items()
        if name not in PASSED
        for each in (value if isinstance(value, list) else [value])
    ]
    return [pair for pair in pairs if pair[1]] + _rows(text)


def _themes(submission: Submission, text: Text, campaign: Campaign) -> dict[str, Any]:
    slugs = dict(submission.campaign.themes.values_list("pk", "slug"))
    here = dict(campaign.themes.values_list("slug", "pk"))
    others = [here.get(slugs.get(pk, "")) for pk in sorted(text.other_themes)]
    return {"theme": here.get(slugs.get(text.theme_id, "")), "other_themes": [pk for pk in others if pk]}


def _rows(text: Text) -> Typed:
    pairs: Typed = []
    for prefix in KINDS:
        rows: Iterable[Any] = getattr(text, prefix)
        pairs += [[f"{prefix}-TOTAL_FORMS", str(len(rows))], [f"{prefix}-INITIAL_FORMS", "0"]]
        for number, row in enumerate(rows):
            said = {name: value for name, value in asdict(row).items() if name not in PASSED}
            pairs += [[f"{prefix}-{number}-{name}", _as_typed(value)] for name, value in said.items()]
    return pairs


def _as_typed(value: object) -> str:
    return "" if value is None else str(value)
