"""The letters to partners, and to the lead about them: one table of words, one template, links looked up when written."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from campaign.moments import in_words, zone_in_words
from home.mail import Letter, letter
from home.models import Mail
from pledges import links
from pledges.emails import LEADS_ON
from pledges.models import Participation, Submission
from pledges.partner_acts import State, confirm_until

Url = Callable[[Participation, str], str]


@dataclass(frozen=True)
class Words:
    """What a letter says. `states` are those in which it is still true; in any other it is not sent."""

    subject: StrOrPromise
    paragraphs: tuple[StrOrPromise, ...]
    button: StrOrPromise = ""
    url: Url = links.partner_url
    states: frozenset[State] = frozenset(State)


INVITED, CONFIRMED = frozenset({State.INVITED}), frozenset({State.CONFIRMED})
READ_FIRST = _("Read the text first. Then confirm or decline with one press; no account is needed.")
UNTIL = _("Partners can confirm until %(until)s (%(zone)s).")
STRANGER = _("You do not know what this is about? Then decline, and we do not write to you again.")
KEEP = _("Keep this mail: whoever has the link can answer for your organisation.")
TO_PARTNER = {
    "partner_invited": Words(
        _("%(giver)s invites you to take part: %(reference)s"),
        (
            _("%(giver)s invites %(partner)s to stand behind this together."),
            READ_FIRST,
            UNTIL,
            STRANGER,
            KEEP,
        ),
        _("Read and answer"),
        states=INVITED,
    ),
    "partner_accepted": Words(
        _("You can join now: %(reference)s"),
        (_("%(giver)s takes %(partner)s along."), READ_FIRST, UNTIL, KEEP),
        _("Read and answer"),
        states=INVITED,
    ),
    "partner_reminded": Words(
        _("Reminder: %(giver)s waits for your answer to %(reference)s"),
        (
            _("%(giver)s has invited %(partner)s to stand behind this together, and there is no answer yet."),
            READ_FIRST,
            UNTIL,
            STRANGER,
        ),
        _("Read and answer"),
        states=INVITED,
    ),
    "partner_turned_down": Words(
        _("Your request to join %(reference)s"),
        (_("%(giver)s cannot take %(partner)s along this time. Thank you for offering."),),
        states=frozenset({State.REMOVED}),
    ),
    "partner_text_changed": Words(
        _("The text has changed: %(reference)s"),
        (
            _("The text that %(partner)s has confirmed says something else now."),
            _("Read it. You need not do anything to stay; you can also take your confirmation back."),
        ),
        _("Read the new text"),
        states=CONFIRMED,
    ),
    "partner_removed": Words(
        _("You are no longer a partner of %(reference)s"),
        (_("%(giver)s has taken %(partner)s off the list of partners. Ask them if you do not know why."),),
        states=frozenset({State.REMOVED}),
    ),
    "partner_ended": Words(
        _("Withdrawn: %(reference)s"),
        (
            _("The lead has withdrawn this. It is no longer reviewed and public nowhere."),
            _("Your contact data are deleted now."),
        ),
        states=CONFIRMED,
    ),
    "lead_offered": Words(
        _("%(giver)s asks you to take the lead of %(reference)s"),
        (
            _("%(giver)s would like %(partner)s to lead this from now on."),
            _("As the lead you answer for the text, get our letters, and say what may be published."),
            _("Nothing changes unless you take it on."),
        ),
        _("Read what it means"),
        links.partner_lead_url,
        states=CONFIRMED,
    ),
    "lead_given": Words(
        _("%(giver)s leads %(reference)s now"),
        (
            _("%(giver)s has taken the lead. %(partner)s stays as a partner that has confirmed."),
            _("Your old links open nothing any more. This one is for your part:"),
        ),
        _("Open your page"),
        states=CONFIRMED,
    ),
}


def _own_partners(part: Participation, language: str) -> str:
    return links.partners_url(part.submission, language)


ANSWERS = {
    State.CONFIRMED: Words(
        _("%(partner)s has confirmed: %(reference)s"),
        (_("%(partner)s stands behind this with you."),),
        _("See all partners"),
        _own_partners,
    ),
    State.DECLINED: Words(
        _("%(partner)s does not take part: %(reference)s"),
        (_("%(partner)s has declined, or has taken its confirmation back. It is not shown."),),
        _("See all partners"),
        _own_partners,
    ),
}
REQUESTED = Words(
    _("%(partner)s would like to join: %(reference)s"),
    (
        _("%(person)s of %(partner)s asks to join. Your address was not shown to them."),
        _("Accept or decline on your page. You can also write to them first: %(email)s"),
    ),
    _("Answer the request"),
    _own_partners,
)


def harmless(text: str) -> str:
    """The text, or nothing where mail programs would make a link of it: letters to strangers advertise nothing."""
    return "" if LEADS_ON.search(unicodedata.normalize("NFKC", text)) else text


def title_for(part: Participation) -> str:
    """The title; to somebody who never answered only a harmless one, unless a coordinator has let the text pass."""
    submission = part.submission
    title = submission.latest.title if submission.latest else ""
    return title if part.answered_at or submission.screened_id else harmless(title)


def _part_of(mail: Mail) -> Participation | None:
    rows = Participation.objects.select_related(
        "organisation", "submission__campaign", "submission__latest", "submission__screened"
    )
    return rows.filter(pk=mail.data["participation"], submission__erased_at=None).first()


def _facts(part: Participation) -> dict[str, str]:
    """What the words are filled with."""
    submission = part.submission
    lead = Participation.objects.select_related("organisation").get(
        submission=submission, role=Participation.Role.LEAD
    )
    until = confirm_until(submission.campaign)
    kind = submission.get_kind_display()
    return {
        "giver": harmless(lead.organisation.name) or kind,
        "partner": harmless(part.organisation.name) or str(_("your organisation")),
        "person": part.contact_name,
        "email": part.contact_email,
        "reference": submission.reference,
        "until": in_words(until, submission.campaign) if until else "",
        "zone": zone_in_words(submission.campaign),
    }


def _written(
    part: Participation, words: Words, to: str, language: str, title: str, quote: str = ""
) -> Letter:
    submission, facts = part.submission, _facts(part)
    context = {
        "submission": submission,
        "campaign": submission.campaign,
        "kind": submission.get_kind_display(),
        "title": title,
        "heading": str(words.subject) % facts,
        "paragraphs": [str(paragraph) % facts for paragraph in words.paragraphs],
        "quote": quote,
        "button": words.button,
        "url": words.url(part, language) if words.button else "",
    }
    return Letter(to, "partner", context)


def _to_partner(mail: Mail) -> Letter | None:
    part, words = _part_of(mail), TO_PARTNER[mail.letter]
    if part is None or State(part.state) not in words.states:
        return None
    return _written(part, words, part.contact_email, mail.language, title_for(part))


for _name in TO_PARTNER:
    letter(_name)(_to_partner)


@letter("partner_answered")
def answered(mail: Mail) -> Letter | None:
    """What a partner's answer is now; nothing once the lead has removed it or has become a partner itself."""
    part = _part_of(mail)
    words = ANSWERS.get(State(part.state)) if part and part.role != Participation.Role.LEAD else None
    return _to_lead(part, words, mail.language) if part and words else None


@letter("partner_requested")
def requested(mail: Mail) -> Letter | None:
    """That somebody asks to join; nothing once the lead has answered."""
    part = _part_of(mail)
    if part is None or part.state != State.REQUESTED:
        return None
    return _to_lead(part, REQUESTED, mail.language, quote=part.message)


def _to_lead(part: Participation, words: Words, language: str, quote: str = "") -> Letter:
    submission: Submission = part.submission
    title = submission.latest.title if submission.latest else ""
    return _written(part, words, submission.contact_email, language, title, quote)
