"""Which campaign an address means."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from campaign.context import current_campaign, mean
from campaign.models import Campaign

View = Callable[..., HttpResponseBase]


def for_campaign(view: View) -> View:
    """Give a view the campaign that its address names, or else the current one (None where there is none).

    The current campaign has one address: named, it is sent to the unprefixed one.
    """

    @wraps(view)
    def meant(request: HttpRequest, campaign: str = "", **kwargs) -> HttpResponseBase:
        if not campaign:
            return view(request, current_campaign(request), **kwargs)
        named = Campaign.objects.filter(slug=campaign).first()
        if named is None:
            raise Http404("There is no such campaign.")
        if named.is_current:
            return redirect(request.get_full_path().replace(f"/c/{campaign}/", "/", 1))
        mean(request, named)
        return view(request, named, **kwargs)

    return meant
