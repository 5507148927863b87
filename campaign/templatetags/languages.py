"""The names of languages in templates."""

from django import template

from campaign import languages

register = template.Library()
register.filter("language", languages.named)
register.filter("language_title", languages.name_of)
