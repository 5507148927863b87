"""News pages. A published one becomes an event of the hashtag feed: see `campaign.receivers`."""

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.query import PageQuerySet

from home.blocks import BodyBlock
from home.models.pages import PortalPage

PER_PAGE = 20


class NewsIndexPage(PortalPage):
    introduction = models.CharField(_("introduction"), max_length=300, blank=True)

    template = "campaign/news_index.html"
    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    parent_page_types = ["campaign.CampaignPage"]
    subpage_types = ["campaign.NewsPage"]

    class Meta:
        verbose_name = _("news list")
        verbose_name_plural = _("news lists")

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        page = Paginator(newest(NewsPage.objects.child_of(self).live()), PER_PAGE)
        return super().get_context(request, *args, **kwargs) | {
            "news": page.get_page(request.GET.get("page"))
        }


class NewsPage(PortalPage):
    introduction = models.CharField(_("introduction"), max_length=400)
    picture = models.ForeignKey(
        "home.Picture",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture"),
    )
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    template = "campaign/news_page.html"
    content_panels = [
        *Page.content_panels,
        FieldPanel("introduction"),
        FieldPanel("picture"),
        FieldPanel("body"),
    ]
    parent_page_types = ["campaign.NewsIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("news page")
        verbose_name_plural = _("news pages")


def newest(pages: PageQuerySet) -> PageQuerySet:
    return pages.order_by("-first_published_at", "-pk")
