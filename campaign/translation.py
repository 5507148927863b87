"""Names kept in Finnish, Swedish and English (django-modeltranslation)."""

from modeltranslation.translator import TranslationOptions, register

from .models import Campaign, Municipality, PublicAward, Region, Theme


@register(Campaign)
class CampaignTranslation(TranslationOptions):
    fields = ("name", "organiser")
    required_languages = ("fi", "sv", "en")


@register(Theme)
class ThemeTranslation(TranslationOptions):
    fields = ("name", "introduction")
    required_languages = {"default": ("name",)}


@register(Region)
class RegionTranslation(TranslationOptions):
    fields = ("name",)


@register(Municipality)
class MunicipalityTranslation(TranslationOptions):
    fields = ("name",)


@register(PublicAward)
class PublicAwardTranslation(TranslationOptions):
    fields = ("category", "prize", "citation")
