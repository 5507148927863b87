"""The order of the reserve: moved one by one, or put into that of the ranking."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pledges.lifecycle import Refused
from pledges.models import Submission
from review import permissions, reserve
from review.models import Decision
from review.sight import visible_to
from review.views.desk import Desk, desk, go


@require_POST
@desk(permissions.DECIDE, sees=visible_to)
def move(desk: Desk, found: Submission) -> HttpResponse:
    decision = Decision.objects.filter(submission=found).first()
    try:
        if decision is None:
            raise Refused(_("There is no decision on %(submission)s.") % {"submission": found})
        decision.submission = found
        reserve.move(decision, up="up" in desk.request.POST, by=desk.user, at=desk.at)
    except Refused as refused:
        desk.refuse(str(refused))
    return go("decisions", query="tab=reserve", place=found.reference)


@require_POST
@desk(permissions.DECIDE)
def order(desk: Desk) -> HttpResponse:
    reserve.order_by_rank(desk.campaign, by=desk.user, at=desk.at)
    desk.say(_("The reserve is in the order of the ranking."))
    return go("decisions", query="tab=reserve")
