"""The owner's pictures and documents."""

from datetime import datetime, timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from home.handing_out import handed_out
from home.throttle import allow
from pledges import attachments, files, links
from pledges.forms import AddFileForm, DescribeForm
from pledges.lifecycle import Refused
from pledges.models import Attachment, Submission
from pledges.models.attachment import private_storage

from .own import owners, shown

# Each is unpacked and looked into, so that a machine which sends them without end would keep us busy.
PER_SUBMISSION, PER_HOUR = 60, timedelta(hours=1)


@owners(most=files.MOST_BODY)
def own_files(request: HttpRequest, submission: Submission, at: datetime) -> HttpResponse:
    """All of them, and a form for one more. A file whose form is not right yet is kept for the next try."""
    refusal = attachments.add_refusal(submission, at=at)
    if request.method != "POST":
        return _page(request, submission, None if refusal else AddFileForm(), at)
    if refusal:
        messages.error(request, refusal)
        return _back(submission)
    if not allow(f"files:{submission.pk}", PER_SUBMISSION, PER_HOUR):
        messages.error(request, _("These were many files in a short time. Please try again later."))
        return _page(request, submission, AddFileForm(), at, status=429)
    return _sent(request, submission, at)


def _sent(request: HttpRequest, submission: Submission, at: datetime) -> HttpResponse:
    kept = attachments.kept(submission, request.POST.get("kept", ""))
    form = AddFileForm(request.POST, request.FILES, has_file=kept is not None)
    is_right = form.is_valid()
    if found := form.cleaned_data.get("file"):
        kept = attachments.store(found)
    if is_right and kept:
        try:
            attachments.add(submission, kept, form.described(), at=at)
        except Refused as refused:
            form.add_error("file", str(refused))
            kept = None
        else:
            messages.success(request, _("“%(name)s” is added.") % {"name": kept.name})
            return _back(submission)
    elif found:  # what was sent is kept, so the form asks for the rest only
        form = AddFileForm(request.POST, has_file=True)
    return _page(request, submission, form, at, kept=kept)


def _page(
    request: HttpRequest,
    submission: Submission,
    form: AddFileForm | None,
    at: datetime,
    *,
    kept: attachments.Stored | None = None,
    status: int = 200,
) -> HttpResponse:
    rows = list(submission.attachments.all())
    for row in rows:
        row.is_lost = not private_storage().exists(row.file.name)
    context = {
        "form": form,
        "files": rows,
        "kept": kept,
        "kept_token": attachments.kept_token(submission, kept) if kept else "",
        "not_editable": attachments.change_refusal(submission, at=at),
        "most_files": files.MOST_FILES,
        "most_bytes": files.MOST_BYTES,
        "most_megabytes": files.megabytes(),
    }
    response = shown(request, "pledges/files.html", submission, context)
    response.status_code = status
    return response


def _back(submission: Submission) -> HttpResponse:
    return redirect("own_files", token=links.token(submission, links.OWN))


def _found(submission: Submission, pk: int) -> Attachment:
    attachment = submission.attachments.filter(pk=pk).first()
    if attachment is None:
        raise Http404
    attachment.submission = submission
    return attachment


def content_of(submission: Submission, pk: int) -> HttpResponse:
    """One of its files under its owner's name for it, for whoever may see it. Raises Http404."""
    attachment = _found(submission, pk)
    return handed_out(
        attachment.file,
        content_type=attachment.kind,
        name=attachment.name,
        is_picture=attachment.is_picture,
    )


@owners
def own_file(request: HttpRequest, submission: Submission, at: datetime, *, file: int) -> HttpResponse:
    """What is said of one of them."""
    attachment = _found(submission, file)
    if sentence := attachments.change_refusal(submission, at=at):
        messages.error(request, sentence)
        return _back(submission)
    before = {
        "description": attachment.description,
        "shows_minors": attachment.shows_minors,
        "guardians_agreed": attachment.guardians_agreed_at is not None,
    }
    form = DescribeForm(request.POST if request.method == "POST" else None, initial=before)
    if form.is_valid():
        try:
            changed = attachments.describe(attachment, form.described(), at=at)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("Your changes are saved.") if changed else _("Nothing was changed."))
        return _back(submission)
    return shown(request, "pledges/file.html", submission, {"form": form, "file": attachment})


@owners
def own_file_content(
    request: HttpRequest, submission: Submission, at: datetime, *, file: int
) -> HttpResponse:
    return content_of(submission, file)


@owners
def move_own_file(request: HttpRequest, submission: Submission, at: datetime, *, file: int) -> HttpResponse:
    if request.method == "POST":
        try:
            attachments.move(_found(submission, file), up=request.POST.get("to") == "up", at=at)
        except Refused as refused:
            messages.error(request, str(refused))
    return _back(submission)


@owners
def remove_own_file(request: HttpRequest, submission: Submission, at: datetime, *, file: int) -> HttpResponse:
    attachment = _found(submission, file)
    if request.method != "POST":
        return shown(request, "pledges/remove_file.html", submission, {"file": attachment})
    try:
        attachments.remove(attachment, at=at)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("“%(name)s” is removed.") % {"name": attachment.name})
    return _back(submission)
