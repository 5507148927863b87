"""What did not come by the web form: one submission from paper, or many from a table."""

import json

from django.http import HttpResponse, QueryDict
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from pledges import importing
from pledges.consent import current_wordings
from pledges.entering import enter, key_of
from pledges.importing import Plan
from pledges.lifecycle import Refused
from pledges.models import Submission
from pledges.models.submission import new_form_key
from pledges.racing import through_races
from pledges.row_buttons import is_pressed, with_rows_changed
from pledges.rows import Rows
from pledges.tables import Table, read
from review import permissions, tables_kept
from review.date_forms import PaperForm
from review.import_form import TableForm
from review.views.desk import Desk, desk, go

MOST_TOLD = 100


@desk(permissions.SCREEN, observed=False)
def from_paper(desk: Desk) -> HttpResponse:
    """The form, filled in for somebody who sent it on paper."""
    post = desk.request.POST if desk.request.method == "POST" else None
    data = with_rows_changed(post) if post is not None else None
    form = PaperForm(data, campaign=desk.campaign, at=desk.at, wordings=current_wordings())
    rows = Rows(data)
    if data is not None and is_pressed(data):
        form.leave_unjudged()
        rows.leave_unjudged()
    elif data is not None and all([form.is_valid(), rows.is_valid()]):
        return _entered(desk, data, form, rows)
    context = {
        "form": form,
        "form_key": form.data.get("form_key") or new_form_key(),
        "groups": rows,
        "formsets": rows.formsets(),
    }
    is_refused = data is not None and not is_pressed(data)
    return desk.render("enter", context, tab="submissions", status=422 if is_refused else 200)


def _entered(desk: Desk, data: QueryDict, form: PaperForm, rows: Rows) -> HttpResponse:
    """Entered once, however often the button of a page is pressed; with other words in it, it is another paper."""
    said = json.dumps(sorted(pair for pair in data.lists() if pair[0] != "csrfmiddlewaretoken"))
    sending = form.sending(rows, form_key=key_of(Submission.Source.PAPER, said))
    entered = through_races(
        lambda: enter(
            sending,
            campaign=desk.campaign,
            source=Submission.Source.PAPER,
            language=get_language(),
            by=desk.user,
            at=desk.at,
            received_at=form.cleaned_data["received_at"],
            writes=form.cleaned_data["writes"],
        )
    )
    desk.say(_("%(reference)s is entered and waits for screening.") % {"reference": entered.reference})
    return go("submission", entered.reference)


@desk(permissions.SCREEN, observed=False)
def from_table(desk: Desk) -> HttpResponse:
    """A table: uploaded, mapped, checked as often as needed, and imported whole."""
    if desk.request.method != "POST":
        return desk.render("import", {"form": TableForm()}, tab="submissions")
    if "kept" not in desk.request.POST:
        return _uploaded(desk)
    word = desk.request.POST["kept"]
    content = tables_kept.content(word, user=desk.user)
    if content is None:
        desk.refuse(_("This table is no longer kept. Choose the file once more."))
        return go("import")
    table = read(content)
    plan = _plan(desk, table)
    checked = importing.check(table, plan, campaign=desk.campaign, at=desk.at)
    if "import" in desk.request.POST and not checked.problems:
        return _import(desk, checked)
    return _mapping(desk, table, word, plan, checked)


def _uploaded(desk: Desk) -> HttpResponse:
    form = TableForm(desk.request.POST, desk.request.FILES)
    if not form.is_valid():
        return desk.render("import", {"form": form}, tab="submissions", status=422)
    table = form.cleaned_data["file"]
    plan = Plan(columns=importing.guessed(table), language=get_language())
    return _mapping(desk, table, tables_kept.keep(form.content, user=desk.user), plan, None)


def _plan(desk: Desk, table: Table) -> Plan:
    post = desk.request.POST
    chosen = {name: post.get(f"column_{name}", "") for name in importing.fields()}
    return Plan(
        columns={name: column for name, column in chosen.items() if column in table.columns},
        constants={name: value for name in chosen if (value := post.get(f"value_{name}", "").strip())},
        language=get_language(),
        shortens="shortens" in post,
    )


def _mapping(
    desk: Desk, table: Table, word: str, plan: Plan, checked: importing.Checked | None
) -> HttpResponse:
    first = table.rows[0] if table.rows else {}
    context = {
        "kept": word,
        "columns": table.columns,
        "rows": len(table.rows),
        "plan": plan,
        "fields": [
            {
                "name": name,
                "label": label,
                "required": name in importing.REQUIRED,
                "column": plan.columns.get(name, ""),
                "value": plan.constants.get(name, ""),
                "example": first.get(plan.columns.get(name, ""), ""),
            }
            for name, label in importing.fields().items()
        ],
        "checked": checked,
        "problems": list(checked.problems)[:MOST_TOLD] if checked else [],
    }
    return desk.render("import_mapping", context, tab="submissions")


def _import(desk: Desk, checked: importing.Checked) -> HttpResponse:
    try:
        written = importing.write(checked, campaign=desk.campaign, by=desk.user, at=desk.at)
    except Refused as refused:
        desk.refuse(str(refused))
        return go("import")
    done = ngettext(
        "%(number)d submission is imported and waits for screening.",
        "%(number)d submissions are imported and wait for screening.",
        len(written),
    )
    desk.say(done % {"number": len(written)})
    return go("submissions")
