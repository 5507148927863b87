"""A page's forms as a browser reads them: fields with their values, their choices, and what describes them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from home.trap import TRAP

WRITTEN = {
    "text",
    "email",
    "url",
    "tel",
    "search",
    "number",
    "date",
    "datetime-local",
    "password",
    "textarea",
}
CHOSEN = {"select", "radio", "checkbox"}
TICKED = {"radio", "checkbox"}
PRESSED = {"submit", "button", "image", "reset"}


@dataclass
class Control:
    """A field by its name; `places` are the ids that an error may link to, `described` those of its descriptions."""

    name: str
    kind: str
    values: list[str] = field(default_factory=list)
    choices: list[str] = field(default_factory=list)
    places: set[str] = field(default_factory=set)
    described: set[str] = field(default_factory=set)


class Page(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.forms: list[dict[str, Control]] = []
        self.actions: list[str] = []
        self.ids: set[str] = set()
        self.summary: list[str] = []  # a line of the error summary: where it links to, "" for nowhere
        self._form: dict[str, Control] | None = None
        self._groups: list[dict[str, str]] = []
        self._templates = 0
        self._text: Control | None = None
        self._select: Control | None = None
        self._option: dict[str, str] | None = None
        self._in_summary = 0
        self.feed(html)

    def holding(self, name: str) -> tuple[dict[str, Control], str] | None:
        """The form that has this field, and where it is sent; None where the page has none."""
        found = (
            pair for pair in zip(self.forms, self.actions, strict=True) if any(key == name for key in pair[0])
        )
        return next(found, None)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.ids.add(given.get("id", ""))
        opened = getattr(self, f"_open_{tag}", None)
        if opened:
            opened(given)
        self._summarise(tag, given)

    def handle_endtag(self, tag: str) -> None:
        closed = getattr(self, f"_close_{tag}", None)
        if closed:
            closed()

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.values[-1] += data
        elif self._option is not None and "value" not in self._option:
            self._option["text"] = self._option.get("text", "") + data

    def _summarise(self, tag: str, given: dict[str, str]) -> None:
        if given.get("id") == "error-summary":
            self._in_summary = 1
        elif self._in_summary and tag == "div":
            self._in_summary += 1
        elif self._in_summary and tag == "li":
            self.summary.append("")
        elif self._in_summary and tag == "a" and self.summary:
            self.summary[-1] = given.get("href", "").removeprefix("#")

    def _close_div(self) -> None:
        self._in_summary = max(self._in_summary - 1, 0)

    def _open_form(self, given: dict[str, str]) -> None:
        self._form = {}
        self.forms.append(self._form)
        self.actions.append(given.get("action", ""))

    def _close_form(self) -> None:
        self._form = None

    def _open_fieldset(self, given: dict[str, str]) -> None:
        self._groups.append(given)

    def _close_fieldset(self) -> None:
        self._groups.pop()

    def _open_template(self, given: dict[str, str]) -> None:
        self._templates += 1

    def _close_template(self) -> None:
        self._templates -= 1

    def _control(self, given: dict[str, str], kind: str) -> Control:
        if self._form is None or self._templates or not given.get("name"):
            return Control("", kind)
        control = self._form.setdefault(given["name"], Control(given["name"], kind))
        for source in (given, *self._groups):
            control.places.add(source.get("id", ""))
            control.described |= set(source.get("aria-describedby", "").split())
        return control

    def _open_input(self, given: dict[str, str]) -> None:
        kind = given.get("type", "text")
        if kind in PRESSED or given.get("name") == TRAP:
            return
        control = self._control(given, kind)
        if kind not in TICKED:
            control.values.append(given.get("value", ""))
            return
        control.choices.append(given.get("value", "on"))
        if "checked" in given:
            control.values.append(given.get("value", "on"))

    def _open_textarea(self, given: dict[str, str]) -> None:
        self._text = self._control(given, "textarea")
        self._text.values.append("")

    def _close_textarea(self) -> None:
        self._text = None

    def _open_select(self, given: dict[str, str]) -> None:
        self._select = self._control(given, "select")

    def _close_select(self) -> None:
        self._close_option()
        self._select = None

    def _open_option(self, given: dict[str, str]) -> None:
        self._close_option()
        self._option = given

    def _close_option(self) -> None:
        if self._option is None or self._select is None:
            self._option = None
            return
        value = self._option.get("value", self._option.get("text", ""))
        self._select.choices.append(value)
        if "selected" in self._option:
            self._select.values.append(value)
        self._option = None
