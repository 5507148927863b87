"""An example for each field that somebody writes in and that does not show one already."""

from collections.abc import Mapping

from django.forms import Field
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

EXAMPLES = {
    "summary": _(
        "For example: From January on, we open our hall every Tuesday for newcomers and neighbours."
    ),
    "description": _("For example: what happens, how often, who leads it, and what is there when it ends."),
    "novelty": _("For example: Until now, nobody here has taught in the evenings."),
    "target_groups": _("For example: parents at home with small children"),
    "participation": _("For example: come along on a Tuesday, or bake something"),
    "tags": _("For example: #languagecafe #Tampere"),
    "organisation_name": _("For example: Association of Neighbours"),
    "organisation_municipality": _("For example: Tampere"),
    "website": _("For example: www.example.org"),
    "contact_phone": _("For example: +358 40 123 4567"),
}


def show_examples(fields: dict[str, Field], examples: Mapping[str, StrOrPromise]) -> None:
    """Put each example behind the field's own hint, where screen readers hear it with the field."""
    for name in fields.keys() & examples.keys():
        hint = fields[name].help_text
        fields[name].help_text = format_lazy("{} {}", hint, examples[name]) if hint else examples[name]
