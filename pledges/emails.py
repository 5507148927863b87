"""The letters to those who give. Links and addresses are looked up when a letter is written."""

import re
import unicodedata
from datetime import datetime
from typing import Any

from campaign.closing import closings, why_not_open
from campaign.moments import in_words, zone_in_words
from home.contact import contact_address
from home.mail import Letter, letter
from home.models import Mail
from pledges import correcting, links, receipt, unsent_links, waiting
from pledges.confirming import first_letters
from pledges.deadlines import confirm_until
from pledges.lifecycle import is_unsent
from pledges.models import Participation, Submission
from pledges.reminding import key_of
from pledges.rewording import unanswered
from pledges.unsent_reminding import SOON
from pledges.waiting import Waiting, begun_with, unsent

TO_OWNERS = (
    "confirm",
    "draft_kept",
    "returned",
    "ineligible",
    "taken_back",
    "withdrawn",
    "late_link",
    "lead_taken",
    "transferred",
)
MOST_LINKS = 100

# What leads on from a title, and mail programs make a link of: an address of the net, of mail, or a phone number.
LEADS_ON = re.compile(r"://|@|\w[.\u3002][^\W\d]|(?:\d[\s()-]*){9}")


def quoted(submission: Submission) -> str:
    """The title as a letter may carry it: to an address that is not proven, none that leads anywhere.

    Else whoever wants to could have us mail their advertisement to strangers, in the ministry's name.
    """
    title = submission.latest.title if submission.latest else ""
    if submission.confirmed_at or not LEADS_ON.search(unicodedata.normalize("NFKC", title)):
        return title
    return ""


def _closed(submission: Submission, at: datetime) -> str:
    """That the call was over for it when the letter was due; empty where it was not, or has been extended since."""
    return why_not_open(submission.campaign, at, kind=submission.kind) if submission.is_late(at) else ""


def _to_owner(mail: Mail) -> Letter | None:
    submission = Submission.objects.with_text().filter(pk=mail.data["submission"], erased_at=None).first()
    if submission is None:
        return None
    campaign = submission.campaign

    def moment(at: datetime | None) -> str:
        return in_words(at, campaign) if at else ""

    context = {
        "submission": submission,
        "title": quoted(submission),
        "kind": submission.get_kind_display(),
        "campaign": campaign,
        "confirm_url": links.confirm_url(submission, mail.language),
        "own_url": links.own_url(submission, mail.language),
        "confirm_until": moment(confirm_until(submission)),
        "until": moment(submission.correction_until),
        "closed": _closed(submission, mail.created_at),
        "contact": contact_address(),
        "opened": correcting.in_words(submission),
        "zone": zone_in_words(campaign),
    }
    return Letter(submission.contact_email, f"pledges_{mail.letter}", context)


for _name in TO_OWNERS:
    letter(_name)(_to_owner)


@letter("received")
def received(mail: Mail) -> Letter | None:
    """The receipt: everything that was sent, as the last version says it."""
    about = _to_owner(mail)
    if about is None:
        return None
    submission = about.context["submission"]
    whole = receipt.of(submission, receipt.newest(submission))
    return Letter(about.to, about.template, about.context | {"receipt": whole})


@letter("expired")
def expired(mail: Mail) -> Letter | None:
    """Told to whom the first letter went; an address that was spared it is spared this one too."""
    return _to_owner(mail) if first_letters(mail.reference).exists() else None


@letter("links")
def links_to_all(mail: Mail) -> Letter | None:
    """All links of the address that the named submission, partner or unsent form has now."""
    email = _asked(mail)
    if not email:
        return None
    rows = [
        (each, quoted(each), links.own_url(each, mail.language), each.waits_for_confirmation)
        for each in Submission.objects.sent_from(email).with_text()[:MOST_LINKS]
    ]
    parts = Participation.objects.answered_from(email)[:MOST_LINKS]
    rows += [(part.submission, "", links.partner_url(part, mail.language), False) for part in parts]
    begun = [(form, unsent_links.url(form, mail.language)) for form in begun_with(email)[:MOST_LINKS]]
    campaigns = [submission.campaign for submission, *_rest in rows] + [form.campaign for form, _url in begun]
    if not campaigns:
        return None
    return Letter(email, "pledges_links", {"rows": rows, "begun": begun, "campaign": campaigns[0]})


def _asked(mail: Mail) -> str:
    """The address whose links were asked for, as what it was found by has it now; empty where that is gone.

    Whoever writes a form may put another address on it meanwhile, and nobody has asked for that one's.
    """
    if "unsent" in mail.data:
        email = unsent().filter(pk=mail.data["unsent"]).values_list("email", flat=True).first() or ""
        return email if mail.key.startswith(key_of(email)) else ""
    if "participation" in mail.data:
        rows = Participation.objects.filter(pk=mail.data["participation"])
    else:
        rows = Submission.objects.filter(pk=mail.data["submission"], erased_at=None)
    return rows.values_list("contact_email", flat=True).first() or ""


@letter("call_extended")
def call_extended(mail: Mail) -> Letter | None:
    """To the holder of drafts: until when they can be sent now, and the link to each. None where all have been sent."""
    return _of_waiting(mail, "pledges_call_extended")


@letter("unsent_ends")
def unsent_ends(mail: Mail) -> Letter | None:
    """To whoever has something to send: all of it that ends in these days. None where nothing is left."""
    return _of_waiting(mail, "pledges_unsent_ends", until=mail.created_at + SOON)


def _of_waiting(mail: Mail, template: str, *, until: datetime | None = None) -> Letter | None:
    """Lists what waits at an address and can be sent, and nothing that was typed: the address may not be proven."""
    held = waiting.named(mail.data)
    if held is None:
        return None
    email, campaign, at = waiting.address(held), held.campaign, mail.created_at
    found = [(each, waiting.ends_at(each, at=at)) for each in waiting.of_address(email, campaign)]
    rows = [
        _waiting(each, mail.language) | {"until": in_words(ends, campaign)}
        for each, ends in found
        if ends and (until is None or ends <= until)
    ]
    facts = {"campaign": campaign, "closings": closings(campaign, at), "zone": zone_in_words(campaign)}
    return Letter(email, template, facts | {"rows": rows}) if rows else None


def _waiting(each: Waiting, language: str) -> dict[str, Any]:
    submission = waiting.submission_of(each)
    facts = {"submission": submission, "title": quoted(submission) if submission else ""}
    if isinstance(each, Submission):
        return facts | {"url": links.own_url(each, language)}
    return facts | {
        "is_change": submission is not None and not is_unsent(submission),
        "url": unsent_links.url(each, language),
        "quiet_url": unsent_links.quiet_url(each, language),
    }


@letter("wording_changed")
def wording_changed(mail: Mail) -> Letter | None:
    """To the lead or a partner, with the page on which each answers; nothing once it has."""
    parts = Participation.objects.select_related("submission__campaign", "submission__latest")
    part = parts.filter(pk=mail.data["participation"], state=Participation.State.CONFIRMED).first()
    if part is None or not part.submission.has_correspondence:
        return None
    submission, purposes = part.submission, unanswered(part)
    if not purposes:
        return None
    leads = part.role == Participation.Role.LEAD
    context = {
        "submission": submission,
        "title": quoted(submission),
        "kind": submission.get_kind_display(),
        "campaign": submission.campaign,
        "purposes": [purpose.label for purpose in purposes],
        "url": links.consents_url(submission, mail.language)
        if leads
        else links.partner_url(part, mail.language),
        "contact": contact_address(),
    }
    return Letter(submission.contact_email if leads else part.contact_email, "wording_changed", context)


@letter("unsent")
def to_who_writes(mail: Mail) -> Letter | None:
    """Carries nothing of what was typed: the address is not proven."""
    form = unsent().filter(pk=mail.data["unsent"]).first()
    if form is None:
        return None
    ends = waiting.ends_at(form, at=mail.created_at)
    context = {
        "campaign": form.campaign,
        "url": unsent_links.url(form, mail.language),
        "quiet_url": unsent_links.quiet_url(form, mail.language),
        "until": in_words(ends, form.campaign) if ends else "",
        "zone": zone_in_words(form.campaign),
    }
    return Letter(form.email, "pledges_unsent", context)
