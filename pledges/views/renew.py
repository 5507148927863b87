"""The button that begins an earlier campaign's submission anew."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from campaign.models import Campaign
from pledges import unsent_links
from pledges.lifecycle import Refused
from pledges.models import Submission
from pledges.renewing import renew

from .own import back, owners


@require_POST
@owners
def renew_submission(request: HttpRequest, submission: Submission, at: datetime) -> HttpResponse:
    campaign = Campaign.objects.current()
    try:
        if campaign is None:
            raise Refused(_("There is no later campaign to renew this in."))
        form = renew(submission, campaign, language=get_language(), at=at)
    except Refused as refused:
        messages.error(request, str(refused))
        return back(submission)
    messages.success(
        request, _("Your earlier text is copied. Check it, choose what may be published, and send it.")
    )
    return redirect(unsent_links.path(form))
