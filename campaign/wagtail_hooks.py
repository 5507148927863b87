from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from campaign.viewsets import CampaignGroup

ACTIONS = {
    "campaign.extend": (_("Extend the call"), _("Call extended")),
    "campaign.compile": (_("Compile programme"), _("Programme compiled")),
    "campaign.release": (_("Release programme"), _("Programme released")),
    "campaign.order": (_("Order programme"), _("Entry moved in the programme")),
    "campaign.write_text": (_("Write programme text"), _("Text of the programme written")),
}


@hooks.register("register_admin_viewset")
def register_campaigns() -> CampaignGroup:
    return CampaignGroup()


@hooks.register("register_log_actions")
def register_actions(actions) -> None:
    for name, (label, message) in ACTIONS.items():
        actions.register_action(name, label, message)
