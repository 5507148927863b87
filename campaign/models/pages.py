"""The campaign's pages in Wagtail. What they show of a campaign is read from its data, never typed in twice."""

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from campaign.awards import latest_awards
from campaign.context import current_campaign
from campaign.edition import latest_edition
from campaign.events import feed
from campaign.front import front
from home.blocks import TEXT_FEATURES, StepBlock
from home.models.pages import FixedPage, PortalPage

BELOW_THE_FRONT = ["campaign.CampaignPage"]


class CampaignPage(PortalPage):
    """The front page of the current campaign; it changes with the campaign's stage."""

    headline = models.CharField(_("headline"), max_length=120)
    lead = models.CharField(_("lead"), max_length=400)
    steps = StreamField([("step", StepBlock())], verbose_name=_("steps"), blank=True)

    template = "campaign/front.html"
    content_panels = [
        *Page.content_panels,
        FieldPanel("headline"),
        FieldPanel("lead"),
        FieldPanel("steps"),
    ]
    parent_page_types = ["wagtailcore.Page"]

    class Meta:
        verbose_name = _("campaign front page")
        verbose_name_plural = _("campaign front pages")

    @classmethod
    def can_create_at(cls, parent: Page) -> bool:
        return super(PortalPage, cls).can_create_at(parent)

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        shown = front(request, at=timezone.now())
        return super().get_context(request, *args, **kwargs) | shown


class ProgrammePage(FixedPage):
    """The co-operation programme's setting; the programme itself is the latest edition released."""

    fixed_slug = "programme"

    foreword = RichTextField(_("foreword"), blank=True, features=TEXT_FEATURES)
    signed_by = models.CharField(_("signed by"), max_length=160, blank=True)

    template = "campaign/programme.html"
    content_panels = [*Page.content_panels, FieldPanel("foreword"), FieldPanel("signed_by")]
    parent_page_types = BELOW_THE_FRONT

    class Meta:
        verbose_name = _("programme page")
        verbose_name_plural = _("programme pages")

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        shown = latest_edition(request, language=get_language())
        return super().get_context(request, *args, **kwargs) | shown


class AwardsPage(FixedPage):
    """The winners of the latest round whose awards have been announced."""

    fixed_slug = "awards"

    introduction = models.CharField(_("introduction"), max_length=400, blank=True)

    template = "campaign/awards.html"
    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    parent_page_types = BELOW_THE_FRONT

    class Meta:
        verbose_name = _("awards page")
        verbose_name_plural = _("awards pages")

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        return super().get_context(request, *args, **kwargs) | latest_awards()


class HashtagPage(FixedPage):
    """Everything that happens under the campaign's hashtag, the newest first."""

    fixed_slug = "feed"

    introduction = models.CharField(_("introduction"), max_length=400, blank=True)

    template = "campaign/feed.html"
    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    parent_page_types = BELOW_THE_FRONT

    class Meta:
        verbose_name = _("hashtag page")
        verbose_name_plural = _("hashtag pages")

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        shown = feed(request, current_campaign(request), language=get_language())
        return super().get_context(request, *args, **kwargs) | shown
