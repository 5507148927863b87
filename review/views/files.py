"""The pictures and documents of a submission at the desk."""

from django.db.models import prefetch_related_objects
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from home.asked import whole_numbers
from home.handing_out import handed_out
from home.models import User
from pledges import actors, attachments
from pledges.lifecycle import Refused
from pledges.models import Attachment, Submission
from pledges.models.attachment import AttachmentQuerySet
from review import blind, permissions
from review.sight import visible_to
from review.views.desk import Desk, desk, go


def seen_by(user: User, found: Submission) -> AttachmentQuerySet:
    """Who oversees the review sees all, reviewers those that were passed; where it is blind, none before they hand in."""
    if permissions.oversees(user):
        return found.attachments.all()
    return found.attachments.none() if blind.veil(found, user).is_down else found.attachments.passed()


def files_of(found: Submission) -> list[Attachment]:
    """All files of one that was found with `has_files`; they are asked for once, and only where there are any."""
    if not found.has_files:
        return []
    prefetch_related_objects([found], "attachments")
    return list(found.attachments.all())


def name_of(found: Submission, attachment: Attachment) -> str:
    """What a stored copy is called: never as its owner called it, since that may name people."""
    return f"{found.reference}-{attachment.pk}{Attachment.Kind(attachment.kind).ending}"


@desk(permissions.SCREEN, permissions.REVIEW, sees=visible_to)
def file(desk: Desk, found: Submission, *, file: int) -> HttpResponse:
    attachment = seen_by(desk.user, found).filter(pk=file).first()
    if attachment is None:
        raise Http404
    return handed_out(
        attachment.file,
        content_type=attachment.kind,
        name=name_of(found, attachment),
        is_picture=attachment.is_picture,
    )


@require_POST
@desk(permissions.SCREEN, sees=visible_to)
def pass_files(desk: Desk, found: Submission) -> HttpResponse:
    """Let others see the files that were on the page; one that came since waits."""
    ids = whole_numbers(desk.request.POST.getlist("files"))
    try:
        passed = attachments.pass_files(found, ids, by=actors.coordinator(desk.user), at=desk.at)
    except Refused as refused:
        desk.refuse(str(refused))
    else:
        sentence = ngettext("%(number)d file is passed.", "%(number)d files are passed.", passed)
        desk.say(sentence % {"number": passed})
    return go("submission", found.reference, place="files")


@require_POST
@desk(permissions.SCREEN, sees=visible_to)
def take_back_file(desk: Desk, found: Submission, *, file: int) -> HttpResponse:
    """Hide one file from everybody but its owner and coordinators."""
    attachment = found.attachments.filter(pk=file).first()
    if attachment is None:
        raise Http404
    attachment.submission = found
    try:
        attachments.take_back(attachment, by=actors.coordinator(desk.user), at=desk.at)
    except Refused as refused:
        desk.refuse(str(refused))
    else:
        desk.say(_("The file is taken back: reviewers and the public do not see it any more."))
    return go("submission", found.reference, place="files")
