"""Names kept in Finnish, Swedish and English (django-modeltranslation)."""

from modeltranslation.translator import TranslationOptions, register

from .models import Campaign, Municipality, PublicAward, Region, Theme


@register(Campaign)
class CampaignTranslation(TranslationOptions):
    fields = ("name", "organiser")


@register(Theme)
class ThemeTranslation(TranslationOptions):
    fields = ("name", "introduction")


@register(Region)
class RegionTranslation(TranslationOptions):
    fields = ("name",)


@register(Municipality)
class MunicipalityTranslation(TranslationOptions):
    fields = ("name",)


@register(PublicAward)
class PublicAwardTranslation(TranslationOptions):
    fields = ("category", "prize", "citation")
