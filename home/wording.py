"""What forms say about wrong input: in the portal's own words, with the name of the field."""

from functools import cache

from django import forms
from django.forms.utils import ErrorDict
from django.utils.functional import keep_lazy_text
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

NOT_IN_LIST = _("Choose something that stands in the list “%(label)s”.")
TOO_MANY_DIGITS = _("“%(label)s” has too many digits; at most %(max)s fit.")

# For a kind of field and all that derive from it; the later line counts.
WORDINGS: list[tuple[type[forms.Field], dict[str, StrOrPromise]]] = [
    (forms.Field, {"required": _("Fill in the field “%(label)s”.")}),
    (
        forms.CharField,
        {
            "max_length": _("“%(label)s” has %(show_value)s characters; at most %(limit_value)s fit."),
            "min_length": _("“%(label)s” has %(show_value)s characters; it takes at least %(limit_value)s."),
            "null_characters_not_allowed": _("“%(label)s” holds a character that cannot be kept."),
        },
    ),
    (
        forms.ChoiceField,
        {
            "required": _("Choose something in “%(label)s”."),
            "invalid_choice": NOT_IN_LIST,
            "invalid_list": NOT_IN_LIST,
        },
    ),
    (
        forms.ModelChoiceField,
        {
            "invalid_choice": NOT_IN_LIST,
            "invalid_list": NOT_IN_LIST,
            "invalid_pk_value": NOT_IN_LIST,
        },
    ),
    (forms.BooleanField, {"required": _("Tick the box “%(label)s”.")}),
    (forms.EmailField, {"invalid": _("This is not a whole e-mail address, such as name@example.org.")}),
    (forms.URLField, {"invalid": _("This is not a whole web address, such as https://example.org.")}),
    (
        forms.IntegerField,
        {
            "invalid": _("This is not a whole number, such as 20."),
            "max_value": _("“%(label)s” may be %(limit_value)s at most."),
            "min_value": _("“%(label)s” must be %(limit_value)s at least."),
        },
    ),
    (
        forms.DecimalField,
        {
            "invalid": _("This is not a number, such as 20 or 3.5."),
            "max_digits": TOO_MANY_DIGITS,
            "max_whole_digits": _(
                "“%(label)s” has too many digits before the decimals; at most %(max)s fit."
            ),
            "max_decimal_places": _("“%(label)s” has too many decimals; at most %(max)s fit."),
        },
    ),
    (forms.DateField, {"invalid": _("This is not a date, such as 2027-01-31 or 31.1.2027.")}),
    (forms.DateTimeField, {"invalid": _("This is not a day with an hour, such as 31.1.2027 16.00.")}),
]


def wordings(field: forms.Field, label: StrOrPromise) -> dict[str, StrOrPromise]:
    """The portal's words by error code, where the field has none of its own. They are put together when they are told."""
    frameworks = _frameworks(type(field))
    return {
        code: _named(message, label)
        for code, message in _ours(type(field)).items()
        if field.error_messages.get(code) is frameworks.get(code)
    }


@cache
def _ours(kind: type[forms.Field]) -> dict[str, StrOrPromise]:
    messages: dict[str, StrOrPromise] = {}
    for base, more in WORDINGS:
        if issubclass(kind, base):
            messages |= more
    return messages


@cache
def _frameworks(kind: type[forms.Field]) -> dict[str, object]:
    messages: dict[str, object] = {}
    for base in reversed(kind.__mro__):
        if base.__module__.startswith(("django.", "wagtail.")):
            messages |= vars(base).get("default_error_messages", {})
    return messages


@keep_lazy_text
def _named(message: StrOrPromise, label: StrOrPromise) -> str:
    """With the field's name in it. Where more is filled in later, a % of the name must survive that."""
    text, name = str(message), str(label)
    takes_more = "%(" in text.replace("%(label)s", "")
    return text.replace("%(label)s", name.replace("%", "%%") if takes_more else name)


class Worded:
    """A form whose fields speak in the portal's words. Stands before Django's form among the bases."""

    def full_clean(self) -> None:
        for name, field in self.fields.items():
            field.error_messages |= wordings(field, self[name].label)
        super().full_clean()

    def leave_unjudged(self) -> None:
        """Keep what was typed as it is and find no fault in it: somebody is still writing."""
        self._errors, self.cleaned_data = ErrorDict(), {}
