"""Consents in words that have changed since: how many there are, and asking their givers anew."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pledges import rewording
from review import permissions
from review.views.desk import Desk, desk, go
from review.views.waiting import seen


@desk(permissions.SCREEN)
def consents(desk: Desk) -> HttpResponse:
    """What was agreed to in earlier words; the button asks once more before the letters are written."""
    context = {
        "rows": rewording.reworded(seen(desk)),
        "unasked": rewording.givers(rewording.unasked(seen(desk))),
    }
    if desk.request.method != "POST":
        return desk.render("consents", context, tab="home")
    if context["unasked"] and "sure" not in desk.request.POST:
        return desk.render("ask_anew", context, tab="home")
    return _ask(desk)


def _ask(desk: Desk) -> HttpResponse:
    number = rewording.ask_anew(desk.campaign, seen(desk), by=desk.user, at=desk.at)
    if number:
        sentence = ngettext("%(number)d giver gets a letter.", "%(number)d givers get a letter.", number)
        desk.say(sentence % {"number": number})
    else:
        desk.note(_("There is nobody left to ask."))
    return go("consents")
