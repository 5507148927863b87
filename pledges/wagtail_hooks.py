from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from pledges.lifecycle import TRANSITIONS
from pledges.partner_acts import ACTS
from pledges.viewsets import PledgesViewSetGroup

# What may be done beside the transitions: its name, and the words for having done it.
BESIDE_TRANSITIONS = {
    "pledges.confirm": (_("Confirm the e-mail address"), _("E-mail address confirmed")),
    "pledges.correct_address": (_("Correct the e-mail address"), _("E-mail address corrected")),
    "pledges.consent": (_("Change consents"), _("Consents changed")),
    "pledges.ask_anew": (_("Ask givers anew"), _("Givers asked about changed words")),
    "pledges.revise": (_("Change the text"), _("Text changed")),
    "pledges.correct_kind": (_("Change the kind"), _("Kind changed")),
    "pledges.pass_version": (_("Pass a newer text"), _("Newer text passed")),
    "pledges.translate": (_("Translate the text"), _("Translation saved")),
    "pledges.pass_translation": (_("Pass a translation"), _("Translation passed")),
    "pledges.remove_translation": (_("Remove a translation"), _("Translation removed")),
    "pledges.correct_people": (_("Correct the contact persons"), _("Contact persons corrected")),
    "pledges.revoke_links": (_("Cancel the old links"), _("Old links cancelled")),
    "pledges.late_link": (_("Give more time"), _("More time given")),
    "pledges.partner_request": (_("Ask to join"), _("Somebody has asked to join")),
    "pledges.open_for_partners": (_("Open it for partners"), _("Opened for partners")),
    "pledges.close_for_partners": (_("Close it for partners"), _("Closed for partners")),
    "pledges.pass_names": (_("Pass the names of partners"), _("Names of partners passed")),
    "pledges.transfer": (_("Transfer to another contact person"), _("Transferred to another contact person")),
    "pledges.merge_organisation": (
        _("Merge into another organisation"),
        _("Merged into another organisation"),
    ),
    "pledges.part_organisation": (_("Take the merging back"), _("Merging taken back")),
    "pledges.add_file": (_("Add a picture or document"), _("Picture or document added")),
    "pledges.describe_file": (_("Describe a picture or document"), _("Picture or document described anew")),
    "pledges.remove_file": (_("Remove a picture or document"), _("Picture or document removed")),
    "pledges.pass_files": (_("Pass pictures and documents"), _("Pictures and documents passed")),
    "pledges.take_back_file": (_("Take a picture or document back"), _("Picture or document taken back")),
    "pledges.erase": (_("Erase"), _("Erased")),
}


@hooks.register("register_admin_viewset")
def register_records() -> PledgesViewSetGroup:
    return PledgesViewSetGroup()


@hooks.register("register_log_actions")
def register_log_actions(actions) -> None:
    """The audit log's names of what happens to submissions; a transition says what has become of its submission."""
    for name, transition in TRANSITIONS.items():
        actions.register_action(f"pledges.{name}", transition.label, transition.target.label)
    for name, act in ACTS.items():
        actions.register_action(f"pledges.partner_{name}", act.label, act.done)
    for action, (label, message) in BESIDE_TRANSITIONS.items():
        actions.register_action(action, label, message)
