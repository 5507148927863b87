"""The letters to those who give. Links and addresses are looked up when a letter is written."""

from campaign.moments import in_words, zone_in_words
from home.mail import Letter, letter
from home.models import Mail
from pledges import links
from pledges.confirming import first_letters
from pledges.models import Submission

TO_OWNERS = (
    "confirm",
    "draft_kept",
    "received",
    "returned",
    "ineligible",
    "withdrawn",
    "late_link",
)
MOST_LINKS = 100


def _to_owner(mail: Mail) -> Letter | None:
    submission = Submission.objects.with_text().filter(pk=mail.data["submission"], erased_at=None).first()
    if submission is None:
        return None
    until = submission.correction_until
    context = {
        "submission": submission,
        "campaign": submission.campaign,
        "confirm_url": links.confirm_url(submission, mail.language),
        "own_url": links.own_url(submission, mail.language),
        "until": in_words(until, submission.campaign) if until else "",
        "zone": zone_in_words(submission.campaign),
    }
    return Letter(submission.contact_email, f"pledges_{mail.letter}", context)


for _name in TO_OWNERS:
    letter(_name)(_to_owner)


@letter("expired")
def expired(mail: Mail) -> Letter | None:
    """Told to whom the first letter went; an address that was spared it is spared this one too."""
    return _to_owner(mail) if first_letters(mail.reference).exists() else None


@letter("links")
def links_to_all(mail: Mail) -> Letter | None:
    """All links of the address that the named submission has now."""
    asked = Submission.objects.filter(pk=mail.data["submission"], erased_at=None).first()
    if asked is None:
        return None
    submissions = list(Submission.objects.sent_from(asked.contact_email).with_text()[:MOST_LINKS])
    rows = [(each, links.own_url(each, mail.language)) for each in submissions]
    context = {"rows": rows, "campaign": submissions[0].campaign}
    return Letter(asked.contact_email, "pledges_links", context)
