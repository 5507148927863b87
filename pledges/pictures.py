"""Pictures that were sent are made anew: upright, of bounded size, and with nothing in them but the picture.

So the place where it was taken, the camera's number, the photographer's remarks, thumbnails and whatever else hides
in or behind a picture do not come along.
"""

import logging
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps

from pledges.unfit import Unfit

logger = logging.getLogger(__name__)

OPENED = ("PNG", "JPEG", "WEBP")
# MPO is a JPEG with more pictures behind the first, as phones write it; only the first is kept.
KINDS = {"PNG": "image/png", "JPEG": "image/jpeg", "MPO": "image/jpeg", "WEBP": "image/webp"}
# Of a file of a few kilobytes that claims billions, nothing is unpacked. JPEGs are unpacked at a reduced size.
MOST_PIXELS = {"image/png": 25_000_000, "image/jpeg": 55_000_000, "image/webp": 25_000_000}
LONGEST_SIDE = 2560
SAVED_WITH: dict[str, dict[str, Any]] = {
    "image/png": {"format": "PNG"},
    "image/jpeg": {"format": "JPEG", "quality": 85, "progressive": True},
    "image/webp": {"format": "WEBP", "quality": 85},
}


@dataclass(frozen=True)
class Picture:
    kind: str
    content: bytes
    width: int
    height: int


def made_anew(sent: bytes) -> Picture:
    """The picture in these bytes, written anew. Raises Unfit with a sentence for the reader."""
    kind = _judged(sent)
    try:
        picture = _upright(sent)
    except Exception as error:
        # A parser of foreign bytes breaks in many ways; for the sender it is one.
        logger.info("A picture could not be read: %s", type(error).__name__)
        raise Unfit(damaged()) from error
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    picture.info.clear()  # what stands in it would be written again
    out = BytesIO()
    picture.save(out, **SAVED_WITH[kind])
    return Picture(kind, out.getvalue(), *picture.size)


def damaged() -> str:
    return _("This picture cannot be opened: it seems to be damaged or cut off.")


def _judged(sent: bytes) -> str:
    """The kind of picture, by its first bytes and before anything of it is unpacked."""
    try:
        with Image.open(BytesIO(sent), formats=OPENED) as picture:
            kind, pixels = KINDS[picture.format or ""], picture.width * picture.height
            moves = picture.format != "MPO" and getattr(picture, "is_animated", False)
    except Image.DecompressionBombError as error:
        raise Unfit(_too_many_pixels(min(MOST_PIXELS.values()))) from error
    except Exception as error:
        logger.info("A file was no picture: %s", type(error).__name__)
        raise Unfit(damaged() if _begins_as_one(sent) else _not_one()) from error
    if pixels > MOST_PIXELS[kind]:
        raise Unfit(_too_many_pixels(MOST_PIXELS[kind]))
    if moves:
        raise Unfit(_("This picture moves. Choose one that stands still."))
    return kind


def _begins_as_one(sent: bytes) -> bool:
    return sent.startswith((b"\x89PNG", b"\xff\xd8\xff")) or sent[8:12] == b"WEBP"


def _not_one() -> str:
    return _("This is neither a PDF nor a picture that we can open. Choose a PDF, PNG, JPEG or WebP.")


def _too_many_pixels(most: int) -> str:
    sentence = _("This picture has more than %(most)d million pixels. Make it smaller and choose it again.")
    return sentence % {"most": most // 1_000_000}


def _upright(sent: bytes) -> Image.Image:
    """Unpacked, turned as it was held, and in the colours of the web. Raises whatever Pillow raises."""
    with Image.open(BytesIO(sent), formats=OPENED) as whole:
        whole.verify()
    picture = Image.open(BytesIO(sent), formats=OPENED)
    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a large JPEG is unpacked smaller at once
    picture.load()
    return _plain(_in_web_colours(ImageOps.exif_transpose(picture)))


def _in_web_colours(picture: Image.Image) -> Image.Image:
    """With the colours of its profile turned into those that a picture without a profile is shown in."""
    profile = picture.info.get("icc_profile")
    if not profile or picture.mode not in {"RGB", "RGBA", "CMYK", "L"}:
        return picture
    try:
        own = ImageCms.ImageCmsProfile(BytesIO(profile))
        mode = picture.mode if picture.mode in {"RGB", "RGBA"} else "RGB"
        turned = ImageCms.profileToProfile(picture, own, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, OSError) as error:
        logger.info("A picture's colour profile was left out: %s", error)
        return picture
    return turned or picture


def _plain(picture: Image.Image) -> Image.Image:
    if picture.mode.startswith("I"):  # sixteen bits of grey, of which eight are kept
        picture = picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    wanted = "RGBA" if picture.has_transparency_data else "RGB"
    return picture if picture.mode == wanted else picture.convert(wanted)
