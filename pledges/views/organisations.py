"""What a form may offer to fill in: an organisation that is named in public already."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from home.throttle import allow_sender
from pledges.business_ids import normalised
from pledges.organisations import public_by_business_id

PER_SENDER, PER_HOUR = 120, timedelta(hours=1)


@require_GET
def known_organisation(request: HttpRequest) -> JsonResponse:
    """The fields of the form for a business ID, and the words that offer them; empty where nothing is known."""
    if not allow_sender(request, "organisation", PER_SENDER, PER_HOUR):
        return JsonResponse({}, status=429)
    try:
        known = public_by_business_id(normalised(request.GET.get("business_id", "")[:40]))
    except ValidationError:
        known = None
    if known is None:
        return JsonResponse({})
    municipality = known.municipality.name if known.municipality else ""
    described = ", ".join(part for part in (known.name, known.get_kind_display(), municipality) if part)
    fields = {
        "organisation_name": known.name,
        "organisation_kind": known.kind,
        "organisation_municipality": municipality,
        "website": known.website,
    }
    return JsonResponse(
        {"offer": _("Fill in: %(organisation)s") % {"organisation": described}, "fields": fields}
    )
