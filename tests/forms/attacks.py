"""What is sent in place of what a form asks for.

Each attack goes into all fields at once, with a word in it that tells the field, so that what is stored or shown can
be traced to it. Fields that are chosen in get only those that are wrong for every one of them.
"""

import re
import unicodedata
from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from .reading import CHOSEN, WRITTEN, Control

LEFT_OUT = object()


def word(number: int) -> str:
    """What tells the field in which it was written: letters only, since some fields take nothing else."""
    return f"zq{chr(97 + number // 26)}{chr(97 + number % 26)}qz"


WRITTEN_IN: dict[str, Callable[[str], Any]] = {
    "left out": lambda word: LEFT_OUT,
    "empty": lambda word: "",
    "nothing to see": lambda word: " \u200b\u202e\u2066\u00a0\u3000\ufe0f\ufeff ",
    "too long": lambda word: word + "x" * 20_000,
    "control characters": lambda word: f"{word}\x00\x07\x1b\x9f\x0b\ufffe b",
    "right to left": lambda word: f"\u202eمرحبا{word}\u2066\u200f\u061c",
    "emoji": lambda word: f"{word} 👩‍👩‍👧‍👦 a\u0308",
    "a script": lambda word: f"</textarea><script>{word}</script>\"'><img src=x onerror={word}>",
    "a query": lambda word: f"='; DROP TABLE {word}; -- %s %(x)s {{{{ 7|add:7 }}}}",
    "digits without end": lambda word: "9" * 400,
}
CHOSEN_IN = {
    "left out": LEFT_OUT,
    "empty": "",
    "control characters": "1\x00",
    "right to left": "٣",
    "a script": "<script>x</script>",
    "digits without end": "9" * 30,
}
FILES: dict[str, Callable[[], Any]] = {
    "left out": lambda: LEFT_OUT,
    "empty": lambda: SimpleUploadedFile("x.png", b""),
    "a script": lambda: SimpleUploadedFile("x.svg", b"<svg><script>1</script></svg>", "image/svg+xml"),
    "control characters": lambda: SimpleUploadedFile("x.png", b"\x89PNG\r\n\x1a\n\x00\x07", "image/png"),
    "too long": lambda: SimpleUploadedFile("x" * 250 + ".pdf", b"%PDF-1.4 " + b"x" * 50_000),
}
HIDDEN = [LEFT_OUT, "x", "9" * 400, "1\x00", "", "9" * 17, "٣", "-1", "<script>x</script>"]
NAMES = tuple(WRITTEN_IN)


def attacked(control: Control, name: str, number: int) -> Any:
    """What the attack of this name sends in a field; None where it does not touch it."""
    if control.kind in WRITTEN:
        return WRITTEN_IN[name](word(number))
    if control.kind in CHOSEN:
        return CHOSEN_IN.get(name)
    if control.kind == "file" and name in FILES:
        return FILES[name]()
    return None


HARMFUL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufff9-\ufffb"
    "\ufffe\uffff\ud800-\udfff]"
)
SCRIPT = re.compile(r"<script>(zq|x<)|<img src=x", re.ASCII)


def legible(text: str) -> str:
    """A text as somebody sees it, who has typed it and gets it back in the field."""
    return unicodedata.normalize("NFC", HARMFUL.sub("", text.replace("\r\n", "\n"))).strip()
