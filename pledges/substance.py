"""Whether a newer text says something else, and telling the partners who have confirmed an older one."""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from campaign.models.text import WORDS
from home.throttle import allow
from pledges import versions
from pledges.models import Submission, Version
from pledges.partner_letters import confirmed_partners, tell_partner
from pledges.versions import Text

# So many letters leave at once; what is changed oftener comes in one letter a day later.
AT_ONCE, A_DAY = 3, timedelta(days=1)


def changed_in_substance(before: Version, after: Version) -> bool:
    """Whether the later text promises something else: other words, deeds, places, times, needs or offers.

    Hashtags, spaces, punctuation and capitals are no substance.
    """
    return before.pk != after.pk and _substance(before) != _substance(after)


def _substance(version: Version) -> Text:
    text = versions.read(version)
    words: dict[str, Any] = {
        name: " ".join(re.findall(r"\w+", getattr(text, name).casefold())) for name in WORDS
    }
    return replace(text, tags=frozenset(), **words)


def tell_of_change(submission: Submission, before: Version | None, after: Version, *, at: datetime) -> None:
    """Write to the confirmed partners that have not confirmed this text, where it says something else.

    Belongs into the transaction that makes `after` the latest or the screened version.
    """
    parts = [part for part in confirmed_partners(submission) if part.confirmed_version_id != after.pk]
    if not parts or before is None or not changed_in_substance(before, after):
        return
    for part in parts:
        if allow(f"partner-text:{part.pk}", AT_ONCE, A_DAY):
            tell_partner(part, "partner_text_changed", at=at, key=str(after.number))
        else:
            tell_partner(part, "partner_text_changed", at=at + A_DAY, key=f"{at:%Y-%m-%d}")
