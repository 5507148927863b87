"""PDFs that were sent are kept as they are, if nothing in them acts by itself or hides another file.

Their own data (author, title, dates) stay: writing a document anew would break signatures and could break what
makes it accessible. The page that takes them says so.
"""

import logging
import re
import time
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject

from pledges.unfit import Unfit

logger = logging.getLogger(__name__)

SIGNATURE = b"%PDF-"
END = b"%%EOF"
MOST_PAGES = 200
MOST_OBJECTS = 20_000
MOST_SECONDS = 8  # a few kilobytes can be nested so that they take hours
# How deep a thing in a thing may stand within one object.
DEEPEST = 50
MOST_BEHIND_THE_END = 16
# What runs, opens, sends or carries something else: a dictionary that has such a key, or an action of such a kind.
ACTS = frozenset(
    [
        "/JavaScript",
        "/JS",
        "/Launch",
        "/EmbeddedFile",
        "/EmbeddedFiles",
        "/EF",
        "/RichMedia",
        "/XFA",
        "/ImportData",
        "/SubmitForm",
        "/GoToE",
        "/Rendition",
    ]
)
# The same in plain bytes, for readers that mend a broken file in ways of their own. Long names only: short ones
# come about by chance in what is packed.
PLAIN = re.compile(rb"/(JavaScript|Launch|EmbeddedFiles?|RichMedia|ImportData)\b")


def is_document(sent: bytes) -> bool:
    return sent.startswith(SIGNATURE)


def check(sent: bytes) -> None:
    """Raises Unfit with a sentence for the reader unless the document can be kept and handed out."""
    try:
        _check(sent)
    except Unfit:
        raise
    except Exception as error:
        # A parser of foreign bytes breaks in many ways; for the sender it is one.
        logger.info("A PDF could not be read: %s", type(error).__name__)
        raise Unfit(_damaged()) from error


def _damaged() -> str:
    return _("This PDF cannot be read: it seems to be damaged or cut off.")


def _check(sent: bytes) -> None:
    if END not in sent:
        raise Unfit(_damaged())
    if len(sent.rpartition(END)[2].strip(b"\0\r\n\t ")) > MOST_BEHIND_THE_END:
        raise Unfit(
            _("There is something else behind the end of this PDF. Save it anew and choose it again.")
        )
    reader = PdfReader(BytesIO(sent), strict=False)
    if reader.is_encrypted:
        raise Unfit(_("This PDF is locked with a password. Save it without one and choose it again."))
    if not 1 <= _pages(reader) <= MOST_PAGES:
        raise Unfit(_("This PDF has more than %(most)d pages, or none.") % {"most": MOST_PAGES})
    if PLAIN.search(sent) or any(map(_acts, _objects(reader))):
        raise Unfit(
            _(
                "This PDF holds a program, another file or something that opens by itself. "
                "Print it to a new PDF and choose that."
            )
        )


def _pages(reader: PdfReader) -> int:
    """How many pages there are; of more than may be, not how many. A lattice instead of a tree of pages ends soon."""
    pages, nodes = 0, [reader.root_object["/Pages"]]
    for _step in range(MOST_OBJECTS):
        if not nodes or pages > MOST_PAGES:
            return pages
        node = nodes.pop().get_object()
        kids = node["/Kids"] if isinstance(node, DictionaryObject) and "/Kids" in node else None
        if isinstance(kids, ArrayObject):
            nodes += list.__iter__(kids)
        else:
            pages += 1
    raise Unfit(_too_many_parts())


def _objects(reader: PdfReader) -> Iterator[Any]:
    """Every object in the tables of the document, whether a page refers to it or not, and the trailer."""
    known = {
        (number, generation) for generation, numbers in reader.xref.items() for number in numbers if number
    } | {(number, 0) for number in reader.xref_objStm}
    if len(known) > MOST_OBJECTS:
        raise Unfit(_too_many_parts())
    end = time.monotonic() + MOST_SECONDS
    yield reader.trailer
    for number, generation in sorted(known):
        if time.monotonic() > end:
            raise Unfit(_too_many_parts())
        yield reader.get_object(IndirectObject(number, generation, reader))


def _too_many_parts() -> str:
    return _("This PDF is made of too many parts. Print it to a new PDF and choose that.")


def _acts(thing: Any, depth: int = 0) -> bool:
    """Whether an object holds anything of ACTS. References lead to objects that are looked at by themselves."""
    if depth > DEEPEST:
        raise Unfit(_too_many_parts())
    if isinstance(thing, DictionaryObject):
        values = [thing.raw_get(key) for key in thing]
        named = {str(key) for key in thing} | {
            str(thing.raw_get(key)) for key in ("/S", "/Subtype", "/Type") if key in thing
        }
        return bool(named & ACTS) or any(_acts(value, depth + 1) for value in values)
    if isinstance(thing, ArrayObject):
        return any(_acts(value, depth + 1) for value in list.__iter__(thing))
    return isinstance(thing, NameObject) and str(thing) in ACTS
