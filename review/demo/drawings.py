"""The demo's picture and leaflet, drawn while it is loaded, in the colours of the portal."""

from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

NIGHT, WALL, SHUT, EDGE, LIT = "#0b3338", "#ece5d7", "#d3c9b4", "#ac9f86", "#f2ab33"
PAPER, INK = "#fbf8f1", "#13252a"


def house() -> bytes:
    """A house at night as a PNG: twelve doors, of which one stands open."""
    image = Image.new("RGB", (1200, 800), NIGHT)
    drawing = ImageDraw.Draw(image)
    drawing.rectangle((140, 90, 1060, 740), fill=WALL)
    for number in range(12):
        left, top = 207 + number % 4 * 215, 130 + number // 4 * 200
        lit = number == 10
        drawing.pieslice((left, top, left + 140, top + 140), 180, 360, fill=LIT if lit else SHUT)
        drawing.rectangle((left, top + 70, left + 140, top + 170), fill=LIT if lit else SHUT)
        drawing.line((left - 12, top + 171, left + 152, top + 171), fill=EDGE, width=6)
    drawing.polygon(((637, 706), (777, 706), (897, 800), (517, 800)), fill=LIT)
    return _saved(image, "PNG")


def leaflet(lines: list[str]) -> bytes:
    """One page of a few lines as a PDF; the first line is its heading."""
    image = Image.new("RGB", (1240, 1754), PAPER)
    drawing = ImageDraw.Draw(image)
    for number, line in enumerate(lines):
        font = ImageFont.load_default(size=38 if number else 72)
        drawing.text((140, 200 + 90 * number), line, fill=INK, font=font)
    drawing.rectangle((140, 320, 1100, 326), fill=LIT)
    return _saved(image, "PDF")


def _saved(image: Image.Image, kind: str) -> bytes:
    file = BytesIO()
    image.save(file, kind)
    return file.getvalue()


def drawn(facts: dict) -> bytes:
    """What an entry of the data files asks for."""
    return leaflet(facts["lines"]) if facts["drawing"] == "leaflet" else house()
