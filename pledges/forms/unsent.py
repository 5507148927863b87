"""What of a form is kept while it is being written: every field that somebody types or chooses in."""

import re

from django.http import QueryDict

from pledges.models import Purpose
from pledges.rows import KINDS
from pledges.unsent import Typed

from .whole import SubmitForm

# Who sends declares anew to be authorised. `base_version` says on which saved text a change began.
TYPED = frozenset(SubmitForm.base_fields) - {"authorised"} | {"base_version"}
_GROUPS, _PURPOSES = "|".join(KINDS), "|".join(Purpose.values)
SERIES = re.compile(
    rf"(?:{_GROUPS})-(?:\d{{1,2}}-[a-z_]{{1,30}}|(?:TOTAL|INITIAL)_FORMS)|(?:consent|wording)_(?:{_PURPOSES})",
    re.ASCII,
)
# What no database can store: the character NUL, and halves of characters.
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def typed(fields: QueryDict) -> Typed:
    """What was written, as it was written, without the machinery of the page."""
    return [
        [name, UNSTORABLE.sub("", value)]
        for name, values in fields.lists()
        if name in TYPED or SERIES.fullmatch(name)
        for value in values
    ]
