"""News pages. A published one becomes an event of the hashtag feed: see `campaign.receivers`."""

from dataclasses import dataclass
from datetime import datetime

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


@dataclass(frozen=True)
class Story:
    """A news page as lists print it."""

    title: str
    url: str
    introduction: str
    at: datetime | None


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
        pages = Paginator(newest(NewsPage.objects.child_of(self).live().public()), PER_PAGE)
        page = pages.get_page(request.GET.get("page"))
        shown = {"news": page, "stories": [story.told() for story in page]}
        return super().get_context(request, *args, **kwargs) | shown


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

    def told(self) -> Story:
        return Story(self.title, self.get_url(), self.introduction, self.first_published_at)


def newest(pages: PageQuerySet) -> PageQuerySet:
    return pages.order_by("-first_published_at", "-pk")


def newest_stories(language: str, *, most: int) -> list[Story]:
    """The newest published news in a language."""
    pages = newest(NewsPage.objects.live().public().filter(locale__language_code=language))
    return [page.told() for page in pages.defer_streamfields().select_related("locale")[:most]]
