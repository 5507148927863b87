from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from campaign.context import current_campaign
from home.blocks import TEXT_FEATURES
from home.models.pages import PortalPage
from review import method

from .award import AwardCategory


class HowWeChoosePage(PortalPage):
    """How the current campaign chooses: criteria and prizes are drawn from its data, so they are never out of date."""

    introduction = models.CharField(_("introduction"), max_length=400, blank=True)
    who_decides = RichTextField(_("who decides"), features=TEXT_FEATURES)
    who_cannot_win = RichTextField(_("who cannot win"), features=TEXT_FEATURES)

    template = "review/how_we_choose_page.html"
    content_panels = [
        *Page.content_panels,
        FieldPanel("introduction"),
        FieldPanel("who_decides"),
        FieldPanel("who_cannot_win"),
    ]
    parent_page_types = ["campaign.CampaignPage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("how we choose page")
        verbose_name_plural = _("how we choose pages")

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        campaign = current_campaign(request)
        told = method.of(campaign) if campaign else None
        if told:
            models.prefetch_related_objects([row.criterion for row in told.criteria], "points")
        return super().get_context(request, *args, **kwargs) | {
            "method": told,
            "categories": AwardCategory.objects.filter(campaign=campaign) if campaign else [],
        }
