"""The pages that any portal has, and what all pages share."""

from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest
from django.urls import resolve
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField

from home.addresses import absolute, alternates, switches
from home.blocks import BodyBlock


class PortalPage(Page):
    """What every page shares: its address in each language, and what machines read of it.

    A translation is whole without an address of its own: it has its original's until an editor overrides it.
    """

    override_translatable_fields = [SynchronizedField("slug")]

    class Meta:
        abstract = True

    @classmethod
    def can_create_at(cls, parent: Page) -> bool:
        """Below the front page only, however deep; the front page itself says otherwise."""
        return super().can_create_at(parent) and not parent.is_root()

    def clean(self) -> None:
        super().clean()
        if self.slug and self._is_taken(self.slug):
            raise ValidationError({"slug": _("This address belongs to another part of the portal.")})

    def _is_taken(self, slug: str) -> bool:
        try:
            return resolve(f"/{get_language()}/{slug}/").url_name != "wagtail_serve"
        except Http404:
            return False

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        addresses = self.addresses(request)
        code = get_language()  # the one of the address, which is the page's own
        return super().get_context(request, *args, **kwargs) | {
            "languages": switches(addresses, current=code),
            "alternates": alternates(addresses),
            "canonical": absolute(addresses.get(code, request.path)),
            "og": self.open_graph(request),
        }

    def addresses(self, request: HttpRequest) -> dict[str, str]:
        """The published addresses of this page by language."""
        from home.kept import kept  # which asks the models for the public version

        return kept(request, f"addresses:{self.translation_key}", self._read_addresses)

    def _read_addresses(self) -> dict[str, str]:
        translations = Page.objects.filter(translation_key=self.translation_key).live()
        return {page.locale.language_code: page.get_url() for page in translations.select_related("locale")}

    def open_graph(self, request: HttpRequest) -> dict[str, str]:
        return {
            "title": self.seo_title or self.title,
            "description": self.search_description,
            "url": absolute(self.get_url(request)),
        }


class FixedPage(PortalPage):
    """A page whose address the portal itself relies on; one a language, always under the same name."""

    fixed_slug = ""

    max_count_per_parent = 1
    subpage_types: list[str] = []

    class Meta:
        abstract = True

    def full_clean(self, *args, **kwargs) -> None:
        self.slug = self.fixed_slug
        super().full_clean(*args, **kwargs)

    def _is_taken(self, slug: str) -> bool:
        return False


class InfoPage(PortalPage):
    """Running text with questions and answers, contact people, pictures and quotes."""

    introduction = models.CharField(_("introduction"), max_length=300, blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    template = "home/info_page.html"
    content_panels = [*Page.content_panels, FieldPanel("introduction"), FieldPanel("body")]
    subpage_types = ["home.InfoPage"]

    class Meta:
        verbose_name = _("information page")
        verbose_name_plural = _("information pages")
