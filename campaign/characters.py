"""Characters that nobody reads and that break what holds them: a document, a database, a line of a letter."""

import re

# What XML 1.0 cannot hold, NUL among it, and the control characters that every validator of feeds complains about.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffd-\uffff]")


def writable(text: str) -> str:
    return UNWRITABLE.sub("", text)
