from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import build_localized_fieldname, get_language
from wagtail.images.models import AbstractImage, AbstractRendition, Image
from wagtail.search import index

DESCRIPTIONS = {
    code: build_localized_fieldname("description", code) for code in settings.MODELTRANSLATION_LANGUAGES
}


def _admin_form_fields() -> list[str]:
    """Wagtail's, with the text alternative in each language in the place of the one."""
    place = Image.admin_form_fields.index("description")
    before, after = Image.admin_form_fields[:place], Image.admin_form_fields[place + 1 :]
    return [*before, *DESCRIPTIONS.values(), *after]


class Picture(AbstractImage):
    """A picture; whoever adds one says in words what it shows, in one language at least."""

    description = models.CharField(
        _("text alternative"),
        max_length=255,
        help_text=_("What the picture shows, for people who do not see it."),
    )

    admin_form_fields = _admin_form_fields()
    search_fields = [
        *AbstractImage.search_fields,
        *(index.SearchField(name) for name in DESCRIPTIONS.values()),
        *(index.AutocompleteField(name) for name in DESCRIPTIONS.values()),
    ]

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")

    @property
    def described_in(self) -> str | None:
        """The language of the text alternative that is shown: the reader's, or the first of the others."""
        codes = (get_language(), *settings.MODELTRANSLATION_FALLBACK_LANGUAGES)
        return next((code for code in codes if getattr(self, DESCRIPTIONS[code])), None)


class Rendition(AbstractRendition):
    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="rendition_once")
        ]

    @property
    def attrs_dict(self) -> dict[str, object]:
        """With the language of the text alternative where it is not the page's."""
        code = self.image.described_in
        return super().attrs_dict | ({"lang": code} if code not in (None, get_language()) else {})
