"""The table that a coordinator uploads."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pledges.tables import Table, Unreadable, read
from review.forms import DeskForm


class TableForm(DeskForm):
    """A table to import. Cleaned, `file` is the `Table` in it, and `content` its bytes."""

    MOST_BYTES, MOST_ROWS = 5_000_000, 500
    content: bytes

    file = forms.FileField(
        label=_("CSV or XLSX file"),
        error_messages={"required": _("Choose a file."), "empty": _("The file is empty.")},
        help_text=_("At most 5 MB and 500 rows. Who runs the portal can import a longer table."),
    )

    def clean_file(self) -> Table:
        file = self.cleaned_data["file"]
        if file.size > self.MOST_BYTES:
            raise ValidationError(_("The file is larger than 5 MB. Divide the table."))
        self.content = file.read()
        try:
            table = read(self.content)
        except Unreadable as sentence:
            raise ValidationError(str(sentence)) from sentence
        if len(table.rows) > self.MOST_ROWS:
            raise ValidationError(
                _("At the desk at most %(most)d rows are imported at once. Divide the table."),
                params={"most": self.MOST_ROWS},
            )
        return table
