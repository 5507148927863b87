"""The partners of a submission at the desk."""

from django.http import HttpResponse
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from pledges import actors, naming
from pledges.lifecycle import Refused
from pledges.models import Submission
from review import permissions
from review.sight import visible_to
from review.views.desk import Desk, desk, go


@require_POST
@desk(permissions.SCREEN, sees=visible_to)
def pass_names(desk: Desk, found: Submission) -> HttpResponse:
    """Let the public see the names that were on the page; one that has changed since waits."""
    stamps = desk.request.POST.getlist("names")
    try:
        passed = naming.pass_names(found, stamps, by=actors.coordinator(desk.user), at=desk.at)
    except Refused as refused:
        desk.refuse(str(refused))
    else:
        sentence = ngettext("%(number)d name is passed.", "%(number)d names are passed.", passed)
        desk.say(sentence % {"number": passed})
    return go("submission", found.reference, place="organisations")
