"""Texts kept in Finnish, Swedish and English (django-modeltranslation)."""

from modeltranslation.translator import TranslationOptions, register

from .models import ConsentWording


@register(ConsentWording)
class ConsentWordingTranslation(TranslationOptions):
    fields = ("text",)
