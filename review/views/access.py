"""Letting senders in again: more time for late drafts, and new links for old ones."""

from django.db.models import F
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pledges import actors, links
from pledges.late_links import give_late_link
from pledges.lifecycle import Refused
from pledges.models import Submission
from review import permissions
from review.date_forms import LateLinkForm
from review.sight import late_drafts, visible_to
from review.views.desk import Desk, desk, go
from review.views.tabs import LATE, tabs_of


def show_late_drafts(desk: Desk, *, bound: LateLinkForm | None = None) -> HttpResponse:
    """The drafts that missed the call, with nothing of their texts: those were never sent."""
    rows = late_drafts(desk.user).filter(campaign=desk.campaign).with_giver()
    page = desk.page(rows.annotate(saved_at=F("latest__saved_at")).defer("contact_name", "contact_email"))
    for row in page.object_list:
        own = bound is not None and bound.prefix == row.reference
        row.form = bound if own else LateLinkForm(prefix=row.reference, at=desk.at)
    context = tabs_of(desk, LATE) | {"page": page, "form": bound}
    return desk.render("late_drafts", context, tab="submissions", status=422 if bound else 200)


@require_POST
@desk(permissions.SCREEN, sees=late_drafts)
def give_more_time(desk: Desk, found: Submission) -> HttpResponse:
    """Let one draft be sent after the call, until the moment that was typed."""
    form = LateLinkForm(desk.request.POST, prefix=found.reference, at=desk.at)
    if form.is_valid():
        try:
            give_late_link(found, form.cleaned_data["until"], by=actors.coordinator(desk.user), at=desk.at)
        except Refused as refused:
            form.add_error(None, str(refused))
    if not form.is_valid():
        return show_late_drafts(desk, bound=form)
    desk.say(_("The sender of %(reference)s gets a letter with the link.") % {"reference": found.reference})
    return go("submissions", query=f"tab={LATE}")


@require_POST
@desk(permissions.SCREEN, sees=visible_to)
def renew_links(desk: Desk, found: Submission) -> HttpResponse:
    """End every link to the sender's page that was ever sent, and mail a new one."""
    try:
        links.revoke_and_send(found, by=actors.coordinator(desk.user), at=desk.at)
    except Refused as refused:
        desk.refuse(str(refused))
    else:
        desk.say(_("The old links do not work any more. The sender gets a new one by mail."))
    return go("submission", found.reference)
