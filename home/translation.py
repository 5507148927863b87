"""Texts kept in Finnish, Swedish and English (django-modeltranslation)."""

from modeltranslation.translator import TranslationOptions, register

from .models import Picture


@register(Picture)
class PictureTranslation(TranslationOptions):
    fields = ("description",)
