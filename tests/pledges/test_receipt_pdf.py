"""The receipt as letter and document: everything that was sent."""

import io
import sys

import pytest
from django.utils import translation
from pypdf import PdfReader

from home.mail import compose
from home.models import Mail, SiteSettings
from home.paper import NoPaper, pdf
from pledges import links
from pledges.lifecycle import tell
from pledges.models import Purpose, Status
from tests.factories import AttachmentFactory, PartnerFactory, SubmissionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def submission(campaign):
    submission = SubmissionFactory(
        campaign=campaign,
        status=Status.SUBMITTED,
        contact_phone="+358 40 000 0000",
        organisation__name="Naapurit & ystävät ry",
        text__title="Avain jokaiseen oveen",
        text__description="Ensimmäinen kappale.\n\nToinen kappale.",
        consents=[Purpose.TEXT],
    )
    AttachmentFactory(submission=submission, name="täysi sali.png", description="Sali on täynnä")
    PartnerFactory(submission=submission, organisation__name="Kuoro ry")
    return submission


@pytest.fixture(autouse=True)
def contact():
    SiteSettings.objects.create(site_id=1, contact_email="kampanja@ministry.example")


EVERYTHING = (
    "Avain jokaiseen oveen",
    "Ensimmäinen kappale.",
    "Toinen kappale.",
    "Naapurit & ystävät ry",
    "+358 40 000 0000",
    "täysi sali.png (PNG)",
    "Sali on täynnä",
    "Kuoro ry",
    "kampanja@ministry.example",
)


def address(submission) -> str:
    return f"/fi/mine/{links.token(submission, links.OWN)}/receipt.pdf"


def test_the_document_holds_everything_and_is_tagged_for_screen_readers(client, submission):
    answer = client.get(address(submission))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{submission.reference}.pdf"'
    document = PdfReader(io.BytesIO(answer.content))
    text = " ".join(" ".join(page.extract_text() for page in document.pages).split())
    missing = [words for words in (*EVERYTHING, submission.reference) if words not in text]
    assert missing == []
    assert document.root_object["/MarkInfo"]["/Marked"]
    assert document.root_object["/Lang"] == "fi"


@pytest.mark.parametrize(
    "title", ["<script>alert(1)</script>", "مفتاح لكل باب", "🔑" * 40, '<img src="file:///etc/passwd">']
)
def test_whatever_was_written_becomes_a_document(client, campaign, title):
    submission = SubmissionFactory(campaign=campaign, text__title=title)
    assert client.get(address(submission)).content.startswith(b"%PDF-")


def test_a_strangers_link_gives_no_document(client, submission):
    assert client.get("/fi/mine/abc/receipt.pdf").status_code == 404


def test_without_pango_the_page_says_so(client, submission, monkeypatch):
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(NoPaper):
        pdf("pledges/receipt_pdf.html", {})
    answer = client.get(address(submission).replace("/fi/", "/en/"), follow=True)
    assert "There is no PDF just now." in answer.content.decode()


def test_the_letter_holds_everything(submission, at):
    tell(submission, "received", at=at)
    message = compose(Mail.objects.get())
    html = message.alternatives[0].content
    for words in EVERYTHING:
        assert words in message.body
        assert words.replace("&", "&amp;") in html


def test_a_document_made_too_often_is_refused_with_a_sentence(client, submission, monkeypatch):
    monkeypatch.setattr("pledges.views.receipt.MOST", 1)
    with translation.override("en"):
        url = address(submission).replace("/fi/", "/en/")
    assert client.get(url).status_code == 200
    assert "many times within an hour" in client.get(url, follow=True).content.decode()
