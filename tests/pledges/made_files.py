"""Real files, made for the tests."""

from datetime import datetime
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

from pledges import attachments, files
from pledges.attachments import Described
from pledges.models import Attachment, Submission

GPS, ORIENTATION, MAKER = 0x8825, 0x0112, 0x010F
PLACE = {1: "N", 2: (60.0, 10.0, 0.0), 3: "E", 4: (24.0, 56.0, 0.0)}


def picture(kind: str = "PNG", *, size=(64, 48), colour="teal", mode="RGB", **saved_with) -> bytes:
    out = BytesIO()
    Image.new(mode, size, colour).save(out, kind, **saved_with)
    return out.getvalue()


def photograph(*, orientation: int = 6) -> bytes:
    """A JPEG held sideways, that says where it was taken, by which camera, and has a remark."""
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKER] = orientation, "Zebracam"
    exif.get_ifd(GPS).update(PLACE)
    return picture("JPEG", size=(80, 40), exif=exif, comment=b"zebramark was here")


def pdf(*, pages: int = 1, title: str = "Plan") -> bytes:
    return written(blank(pages=pages, title=title))


def blank(*, pages: int = 1, title: str = "Plan") -> PdfWriter:
    writer = PdfWriter()
    for _page in range(pages):
        writer.add_blank_page(width=200, height=200)
    writer.add_metadata({"/Title": title})
    return writer


def written(writer: PdfWriter) -> bytes:
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def pdf_that_opens(kind: str, **more: str) -> bytes:
    """A PDF that does something when it is opened."""
    writer = blank()
    action = {"/S": NameObject(kind)} | {f"/{key}": TextStringObject(value) for key, value in more.items()}
    opened = DictionaryObject({NameObject(key): value for key, value in action.items()})
    writer.root_object[NameObject("/OpenAction")] = writer._add_object(opened)
    return written(writer)


def lattice(*, deep: int = 30, with_a_page: bool) -> bytes:
    """A PDF whose tree of pages has each branch twice under each, so that two to the power of `deep` ways lead down."""
    writer = blank(pages=int(with_a_page))
    top = writer.root_object.raw_get("/Pages")
    for _level in range(deep):
        kids = writer._add_object(ArrayObject([top, top]))
        branch = {NameObject("/Type"): NameObject("/Pages"), NameObject("/Kids"): kids}
        top = writer._add_object(DictionaryObject(branch))
    writer.root_object[NameObject("/Pages")] = top
    return written(writer)


def upload(content: bytes, name: str = "picture.png", content_type: str = "image/png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type=content_type)


def add(
    submission: Submission, content: bytes, *, at: datetime, name: str = "ours.png", text: str = "A hall"
) -> Attachment:
    stored = attachments.store(files.read(upload(content, name)))
    return attachments.add(submission, stored, Described(description=text, shows_minors=False), at=at)
