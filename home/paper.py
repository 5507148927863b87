"""PDF documents, made from templates by WeasyPrint.

It needs the library Pango on the machine. Without it the portal runs, and says of each document why there is none.
Nothing is fetched: a document is made of its template, `static/css/paper.css` and the fonts beside it.
"""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from PIL import ImageFile

STYLES = settings.BASE_DIR / "static" / "css" / "paper.css"


class NoPaper(Exception):
    """There can be no document on this machine; its text is a sentence for the reader."""


def pdf(template: str, context: dict[str, Any]) -> bytes:
    """A template as an accessible PDF (PDF/UA-1). Raises NoPaper. Call it outside transactions: it takes its time."""
    strict = ImageFile.LOAD_TRUNCATED_IMAGES
    try:
        from weasyprint import CSS, HTML
        from weasyprint.urls import URLFetcher
    except (ImportError, OSError) as missing:
        raise NoPaper(_("There is no PDF just now. Print this page instead.")) from missing
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = strict  # WeasyPrint changes it for the whole process
    local = URLFetcher(allowed_protocols=["file"])
    html = HTML(string=render_to_string(template, context), base_url=STYLES.as_uri(), url_fetcher=local)
    return html.write_pdf(stylesheets=[CSS(filename=str(STYLES), url_fetcher=local)], pdf_variant="pdf/ua-1")
