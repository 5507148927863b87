"""Strict reading of the pages that we serve."""

import html5lib


def parse(text: str):
    """The document of a page. Raises on anything that the HTML standard calls a parse error."""
    parser = html5lib.HTMLParser(
        tree=html5lib.getTreeBuilder("etree"), strict=True, namespaceHTMLElements=False
    )
    return parser.parse(text)


def problems(text: str) -> list[str]:
    """What a validator would say beyond parse errors: ids used twice, and links within a page to nowhere."""
    root = parse(text)
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    twice = {name for name in ids if ids.count(name) > 1}
    anchors = {element.get("href") for element in root.iter("a")} - {None, "#"}
    lost = {href for href in anchors if href.startswith("#") and href[1:] not in ids}
    headings = sum(1 for _ in root.iter("h1"))
    return [
        *(f"id {name} twice" for name in sorted(twice)),
        *(f"{href} leads nowhere" for href in sorted(lost)),
        *([] if headings == 1 else [f"{headings} headings h1"]),
    ]
