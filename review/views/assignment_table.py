"""Who reviews what from a table: uploaded, looked at, and given."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from pledges.tables import Table, Unreadable, read
from review import permissions, tables_kept
from review.assignment_table import Checked, check
from review.assignments import give
from review.import_form import TableForm
from review.sight import visible_to
from review.views.desk import Desk, desk, go
from review.views.telling import tell


@desk(permissions.ASSIGN)
def from_table(desk: Desk) -> HttpResponse:
    if desk.request.method != "POST":
        return desk.render("assignment_table", {"form": TableForm()}, tab="reviewers")
    if "kept" not in desk.request.POST:
        return _uploaded(desk)
    content = tables_kept.content(desk.request.POST["kept"], user=desk.user)
    if content is None:
        desk.refuse(_("This table is no longer kept. Choose the file once more."))
        return go("assign_table")
    tell(desk, give(_checked(desk, read(content)).pairs, by=desk.user, at=desk.at))
    return go("reviewers")


def _uploaded(desk: Desk) -> HttpResponse:
    """What the table says, row by row; nothing is given yet."""
    form = TableForm(desk.request.POST, desk.request.FILES)
    if form.is_valid():
        try:
            checked = _checked(desk, form.cleaned_data["file"])
        except Unreadable as sentence:
            form.add_error("file", str(sentence))
        else:
            kept = tables_kept.keep(form.content, user=desk.user)
            return desk.render("assignment_table", {"checked": checked, "kept": kept}, tab="reviewers")
    return desk.render("assignment_table", {"form": form}, tab="reviewers", status=422)


def _checked(desk: Desk, table: Table) -> Checked:
    return check(table, visible_to(desk.user), campaign=desk.campaign, at=desk.at)
