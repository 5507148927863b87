"""The receipt as a document."""

from datetime import datetime, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from home.contact import contact_address
from home.paper import NoPaper, pdf
from home.throttle import allow
from pledges import receipt, statuses
from pledges.models import Submission

from .own import back, owners

MOST, PER_HOUR = 20, timedelta(hours=1)


@owners
def receipt_pdf(request: HttpRequest, submission: Submission, at: datetime) -> HttpResponse:
    """Everything that was sent, to keep. Only offered as a download."""
    if not allow(f"receipt:{submission.pk}", MOST, PER_HOUR):
        messages.error(request, _("The document was made many times within an hour. Try again later."))
        return back(submission)
    latest = receipt.newest(submission)
    context = {
        "receipt": receipt.of(submission, latest),
        "latest": latest,
        "submission": submission,
        "campaign": submission.campaign,
        "standing": statuses.in_words(submission),
        "contact": contact_address(),
        "LANGUAGE_CODE": request.LANGUAGE_CODE,
    }
    try:
        content = pdf("pledges/receipt_pdf.html", context)
    except NoPaper as sentence:
        messages.error(request, str(sentence))
        return back(submission)
    headers = {"Content-Disposition": f'attachment; filename="{submission.reference}.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
