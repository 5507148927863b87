"""Log lines without what opens doors: whoever holds such an address can act in its owner's name."""

import logging
import re

# Signed links of submitters, and links by which staff choose a password.
SECRETS = re.compile(
    r"(/(?:mine|confirm|submit/kept|submit/quiet)/|/password/reset/key/|[?&]key=)[^/?&#\s'\"]+"
)


def masked(text: str) -> str:
    return SECRETS.sub(r"\1***", text)


class MaskingFormatter(logging.Formatter):
    """Masks the whole line, its traceback too, whichever logger wrote the address."""

    def format(self, record: logging.LogRecord) -> str:
        return masked(super().format(record))
