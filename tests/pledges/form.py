"""What the shortest valid form sends."""

from campaign.models import Theme

URL = "/en/submit/"


def filled(theme: Theme, /, **changes: object) -> dict[str, object]:
    return {
        "form_key": "k" * 32,
        "kind": "pledge",
        "title": "A language café every Tuesday",
        "summary": "Volunteers and newcomers drink coffee together.",
        "description": "We open our hall every Tuesday.",
        "theme": str(theme.pk),
        "organisation_name": "Association of Neighbours",
        "organisation_kind": "association",
        "contact_name": "Maija Meikäläinen",
        "contact_email": "maija@example.org",
        "authorised": "on",
    } | changes


def rows(prefix: str, *given: dict[str, str]) -> dict[str, str]:
    """A group of rows as a browser sends it."""
    sent = {f"{prefix}-TOTAL_FORMS": str(len(given)), f"{prefix}-INITIAL_FORMS": "0"}
    for number, row in enumerate(given):
        sent |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return sent
