"""Fields for what people type or paste: cleaned before it is judged, and never cut off.

Cleaning brings text to one Unicode form (NFC) and takes out what cannot be seen but does harm: control
characters, NUL, byte order marks, lone surrogates, and the marks that turn the direction of the text
around it. Pages print text with dir="auto", so right-to-left writing needs no such marks. Emoji stay whole.
"""

import re
import unicodedata

from django import forms
from django.utils.translation import gettext_lazy as _

HARMFUL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069"
    "\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
LINE_BREAKS = re.compile("\r\n?|\x85|\u2028|\u2029")


def without_harm(text: str) -> str:
    """The text as it is kept, with its lines; empty when nothing in it can be seen."""
    text = HARMFUL.sub("", LINE_BREAKS.sub("\n", text))
    text = unicodedata.normalize("NFC", text).strip()
    return text if any(unicodedata.category(symbol)[0] in "LNPS" for symbol in text) else ""


def on_one_line(text: str) -> str:
    return " ".join(without_harm(text).split())


class Uncut:
    """Leaves out `maxlength`, by which a browser silently cuts off what is pasted; the server says what is too long."""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, object]:
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return attrs


class Directed(Uncut):
    """Lets what is typed run in its own direction, from right to left too."""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, object]:
        return super().widget_attrs(widget) | {"dir": "auto"}


class LineField(Directed, forms.CharField):
    def to_python(self, value):
        return on_one_line(super().to_python(value))


class TextField(Directed, forms.CharField):
    widget = forms.Textarea

    def to_python(self, value):
        return without_harm(super().to_python(value))


class AddressField(Uncut, forms.EmailField):
    default_error_messages = {
        "required": _("Write an e-mail address."),
        "invalid": _("This is not a whole e-mail address, such as name@example.org."),
    }

    def __init__(self, **kwargs) -> None:
        super().__init__(max_length=254, **kwargs)

    def to_python(self, value):
        return on_one_line(super().to_python(value))


class WebField(Uncut, forms.URLField):
    def __init__(self, **kwargs) -> None:
        super().__init__(max_length=200, assume_scheme="https", **kwargs)

    def to_python(self, value):
        return super().to_python(on_one_line(value or ""))


class NumberField(forms.DecimalField):
    """A number with a decimal comma or point, and spaces between thousands."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})
    default_error_messages = {"invalid": _("This is not a number, such as 20 or 3.5.")}

    def __init__(self, **kwargs) -> None:
        super().__init__(max_digits=12, decimal_places=2, required=False, **kwargs)

    def to_python(self, value):
        typed = on_one_line(str(value or "")) if value != 0 else "0"
        return super().to_python(re.sub(r"\s", "", typed).replace(",", "."))


class DayField(forms.DateField):
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    default_error_messages = {"invalid": _("This is not a date, such as 2027-01-31 or 31.1.2027.")}

    def __init__(self, **kwargs) -> None:
        super().__init__(required=False, input_formats=["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y"], **kwargs)


class HashtagsField(LineField):
    """Hashtags with or without #, apart by spaces or commas; cleaned to a tuple of names, each once."""

    MOST, LONGEST = 10, 40
    default_error_messages = {
        "too_many": _("Write at most %(most)d hashtags."),
        "too_long": _("The hashtag “%(tag)s” is too long: at most %(longest)d characters."),
    }

    def clean(self, value):
        names: dict[str, str] = {}
        for piece in re.split(r"[\s,;#]+", super().clean(value)):
            name = re.sub(r"[^\w-]", "", piece).strip("-_")
            if name:
                names.setdefault(name.casefold(), name)
        self._check(list(names.values()))
        return tuple(names.values())

    def _check(self, names: list[str]) -> None:
        if len(names) > self.MOST:
            raise forms.ValidationError(self.error_messages["too_many"] % {"most": self.MOST})
        for name in names:
            if len(name) > self.LONGEST:
                raise forms.ValidationError(
                    self.error_messages["too_long"] % {"tag": name[:20] + "…", "longest": self.LONGEST}
                )
