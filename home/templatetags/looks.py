"""What is the same on every page, rendered once a process."""

from functools import cache

from django import template
from django.template.loader import render_to_string

register = template.Library()


@register.simple_tag
@cache
def styles() -> str:
    """The links of the style sheets: their names change only with the code."""
    return render_to_string("components/styles.html")
