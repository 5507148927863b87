from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from pledges.lifecycle import TRANSITIONS
from pledges.viewsets import PledgesViewSetGroup

BESIDE_TRANSITIONS = {
    "pledges.confirm": _("Confirm the e-mail address"),
    "pledges.correct_address": _("Correct the e-mail address"),
    "pledges.consent": _("Change consents"),
    "pledges.revise": _("Change the text"),
    "pledges.pass_version": _("Pass a newer text"),
    "pledges.late_link": _("Give more time"),
    "pledges.erase": _("Erase"),
}


@hooks.register("register_admin_viewset")
def register_records() -> PledgesViewSetGroup:
    return PledgesViewSetGroup()


@hooks.register("register_log_actions")
def register_log_actions(actions) -> None:
    """The audit log's names of what happens to submissions; the transitions name themselves."""
    for name, transition in TRANSITIONS.items():
        actions.register_action(f"pledges.{name}", transition.label, transition.label)
    for action, label in BESIDE_TRANSITIONS.items():
        actions.register_action(action, label, label)
