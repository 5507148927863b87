"""The colours of tokens.css keep their promise, readable in both schemes on every surface, and names are used once."""

import re
from collections import defaultdict
from pathlib import Path

import pytest

STYLES = Path(__file__).parent.parent / "static/css"
TOKENS = (STYLES / "tokens.css").read_text()
LIGHT, DARK = TOKENS.split("@media (prefers-color-scheme: dark)")
SURFACES = ("paper", "sheet", "wall", "shade")
HUES = ("brick", "lake", "moss", "heather", "rye", "slate", "berry", "pine")
ON_SURFACES = ("ink", "ink-soft", "spruce", "danger", "good", *(f"hue-{hue}" for hue in HUES))
PAIRS = (
    ("spruce-ink", "spruce"),
    ("spruce-ink", "spruce-deep"),
    ("band-ink", "band"),
    ("band-ink-soft", "band"),
    ("amber-ink", "amber"),
    ("ink", "danger-wash"),
    ("danger", "danger-wash"),
)


def colours(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+):\s*(#[0-9a-f]{6});", css))


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


SCHEMES = {"light": colours(LIGHT), "dark": colours(LIGHT) | colours(DARK)}


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("name", ON_SURFACES)
def test_text_reads_on_every_surface(scheme, surface, name):
    palette = SCHEMES[scheme]
    assert contrast(palette[name], palette[surface]) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_reads_on_its_own_ground(scheme, text, ground):
    palette = SCHEMES[scheme]
    assert contrast(palette[text], palette[ground]) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("name", ["focus", "line-strong"])
def test_focus_rings_and_field_borders_stand_out(scheme, surface, name):
    palette = SCHEMES[scheme]
    assert contrast(palette[name], palette[surface]) >= 3


@pytest.mark.parametrize("hue", HUES)
def test_every_hue_has_its_class(hue):
    assert f".hue-{hue} {{ --c: var(--hue-{hue}); }}" in TOKENS


def test_a_class_is_one_thing():
    """Two parts of the same name would dress each other. Print and paper say again how what is there looks."""
    places = defaultdict(set)
    for path in STYLES.glob("*.css"):
        rules = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
        for selectors in re.findall(r"([^{}]+)\{", rules):
            for selector in map(str.strip, selectors.split(",")):
                if re.fullmatch(r"\.[\w-]+", selector) and path.name not in {"media.css", "paper.css"}:
                    places[selector].add(path.name)
    assert {name: files for name, files in places.items() if len(files) > 1} == {}
