"""The plain markup of the data files as rich text."""

from collections.abc import Iterator
from itertools import groupby


def as_html(body: str) -> str:
    """A blank line parts paragraphs, "## " begins a heading, "- " a list item."""
    blocks = (block.strip() for block in body.strip().split("\n\n"))
    return "".join(html for block in blocks for html in _block(block))


def _block(block: str) -> Iterator[str]:
    for is_list, lines in groupby(block.splitlines(), key=lambda line: line.startswith("- ")):
        if is_list:
            items = "".join(f"<li>{line[2:]}</li>" for line in lines)
            yield f"<ul>{items}</ul>"
        else:
            text = " ".join(lines)
            yield f"<h2>{text[3:]}</h2>" if text.startswith("## ") else f"<p>{text}</p>"
