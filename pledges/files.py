"""What people send as pictures and documents: judged by what is inside, never by name or by what a browser says."""

import hashlib
from dataclasses import dataclass
from pathlib import PurePath

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from home.typed import on_one_line
from pledges import documents, pictures
from pledges.models import Attachment
from pledges.unfit import Unfit

Kind = Attachment.Kind

MOST_FILES = 10
MOST_BYTES = 10_000_000
# A form that carries a file: the file, and words beside it.
MOST_BODY = MOST_BYTES + 500_000
LONGEST_NAME = 120


@dataclass(frozen=True, kw_only=True)
class Found:
    """A file that was looked into. `content` is what is kept; `sha256` is of what was sent, so that it is known again."""

    kind: Kind
    name: str
    content: bytes
    sha256: str
    width: int | None = None
    height: int | None = None


def read(upload: UploadedFile) -> Found:
    """Look into a file. Raises Unfit with a sentence that says what is wrong with it."""
    if not upload.size:
        raise Unfit(_("This file is empty."))
    if upload.size > MOST_BYTES:
        raise Unfit(too_large())
    upload.seek(0)
    sent = upload.read()
    name, sha256 = name_of(upload.name or ""), hashlib.sha256(sent).hexdigest()
    if documents.is_document(sent):
        documents.check(sent)
        return Found(kind=Kind.PDF, name=name, content=sent, sha256=sha256)
    picture = pictures.made_anew(sent)
    return Found(
        kind=Kind(picture.kind),
        name=name,
        content=picture.content,
        sha256=sha256,
        width=picture.width,
        height=picture.height,
    )


def too_large() -> str:
    return _("This file is larger than %(most)d MB. Make it smaller and choose it again.") % {
        "most": megabytes()
    }


def megabytes() -> int:
    return MOST_BYTES // 1_000_000


def name_of(sent: str) -> str:
    """What its owner calls the file: without folders and without marks that turn the text around it."""
    name = on_one_line(PurePath(sent.replace("\\", "/")).name)
    if len(name) <= LONGEST_NAME:
        return name or "–"
    return f"{name[: LONGEST_NAME - 9]}…{name[-8:]}"
