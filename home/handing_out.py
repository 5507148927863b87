"""Handing out files that strangers sent, so that a browser shows or stores them and does nothing else with them."""

import logging

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404

logger = logging.getLogger(__name__)

# Whatever is in a file, a browser that opens it runs nothing, loads nothing and sends nothing.
CLOSED = "default-src 'none'; sandbox"


def handed_out(file: FieldFile, *, content_type: str, name: str, is_picture: bool) -> FileResponse:
    """A picture to be seen in a page, or a document to be stored under `name`. Raises Http404 for a lost file."""
    try:
        content = file.open("rb")
    except FileNotFoundError:
        logger.error("The file %s is lost.", file.name)
        raise Http404 from None
    response = FileResponse(
        content, as_attachment=not is_picture, filename=name, headers={"Content-Type": content_type}
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = CLOSED
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
