"""The forms of people without an account."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from wagtail.models import Locale, Page, Site

from campaign.models import CampaignPage, Region, Theme
from home.models import FeedbackPage
from home.models.feedback import FeedbackField
from pledges import actors, correcting, links, publishing, unsent_links
from pledges.lifecycle import perform
from pledges.models import Purpose, Status, Submission
from tests.factories import (
    PICTURE,
    AttachmentFactory,
    PartnerFactory,
    UnsentFormFactory,
    UserFactory,
)
from tests.pages import add

from .engine import Form

ROWS = {
    "actions-0-what": "Courses are held",
    "actions-0-unit": "courses",
    "actions-0-start": "0",
    "actions-0-target": "20",
    "needs-0-what": "A room",
    "needs-0-amount": "1",
    "needs-0-where": "Tampere",
    "needs-0-until": "2031-01-01",
    "offers-0-what": "Coffee",
    "offers-0-amount": "20 cups",
    "offers-0-where": "Tampere",
    "offers-0-until": "2031-01-01",
}
TEXT = ROWS | {
    "title": "A language café every Tuesday",
    "summary": "Volunteers and newcomers drink coffee together.",
    "description": "We open our hall every Tuesday.",
    "novelty": "Nobody has done it here.",
    "plain_summary": "Come and drink coffee.",
    "target_groups": "Parents",
    "participation": "Come along",
    "delivery_languages": "Finnish and Dari",
    "tags": "#cafe",
    "scope": "regions",
    "regions": lambda: [str(Region.objects.first().pk)],
    "starts_on": "2031-01-01",
    "ends_on": "2031-02-01",
}
GIVER = {
    "organisation_name": "Association of Neighbours",
    "organisation_kind": "association",
    "business_id": "",
    "organisation_municipality": "Tampere",
    "website": "https://example.org",
}
PEOPLE = {
    "contact_name": "Maija Meikäläinen",
    "contact_phone": "040",
    "second_name": "Matti",
    "second_email": "matti@example.org",
}


WHOLE = (
    TEXT
    | GIVER
    | PEOPLE
    | {
        "kind": "pledge",
        "theme": lambda: str(Theme.objects.first().pk),
        "contact_email": "maija@example.org",
        "authorised": "on",
    }
)


def own(submission: Submission, page: str = "") -> tuple[Client, str]:
    return Client(), f"/en/mine/{links.token(submission, links.OWN)}/{page}"


def submit(world):
    return Client(), "/en/submit/"


def edit(world):
    return own(world.sent(), "edit/")


def edit_screened(world):
    return own(world.sent(status=Status.IN_REVIEW), "edit/")


def correct(world):
    submission = perform(
        world.sent(),
        "return",
        by=actors.coordinator(UserFactory()),
        at=world.at,
        reason="Please say more.",
        correction_until=world.at + timedelta(days=2),
        returned_fields=correcting.fields_of(["title", "description", "actions", "organisation"]),
    )
    return own(submission, "edit/")


def sent(world):
    submission = world.sent(confirmed_at=None)
    return Client(), f"/en/submit/sent/?key={links.token(submission, links.SENT, at=world.at)}"


def public(world, **fields) -> Submission:
    submission = world.sent(status=Status.IN_REVIEW, consents=list(Purpose), **fields)
    publishing.refresh(submission, at=world.at)
    return submission


def consents(world):
    return own(public(world), "consents/")


def partner(world, **fields):
    part = PartnerFactory(submission=world.sent(), **fields)
    return Client(), f"/en/partner/{links.partner_token(part)}/"


def partner_confirmed(world):
    return partner(world, state="confirmed")


def partner_lead(world):
    client, page = partner(world, state="confirmed", lead_offered_at=world.at)
    return client, f"{page}lead/"


def join(world):
    return Client(), f"/en/pledges/{public(world, open_for_partners=True).reference}/join/"


def report(world):
    return Client(), f"/en/pledges/{public(world).reference}/report/"


def one_file(world):
    submission = world.sent()
    file = AttachmentFactory(submission=submission)
    return own(submission, f"files/{file.pk}/")


def unsent(world):
    form = UnsentFormFactory(campaign=world.campaign)
    return Client(), unsent_links.path(form)


def feedback(world):
    locale = Locale.objects.get_or_create(language_code="en")[0]
    front = CampaignPage(title="Front", slug="front-en", headline="?", lead="!", locale=locale)
    add(Page.objects.get(depth=1), front)
    Site.objects.update(root_page=front)
    page = FeedbackPage(title="Contact", slug="contact", locale=locale)
    kinds = ("singleline", "multiline", "email", "number", "url", "checkbox", "dropdown", "radio")
    kinds += ("checkboxes", "multiselect", "date", "datetime", "hidden")
    page.form_fields = [
        FeedbackField(label=kind, clean_name=kind, field_type=kind, choices="One,Two", locale=locale)
        for kind in kinds
    ]
    add(Page.objects.get(pk=front.pk), page)
    return Client(), "/en/contact/"


FEEDBACK = {
    "singleline": "A word",
    "multiline": "Words",
    "email": "a@example.org",
    "number": "2",
    "url": "https://example.org",
    "checkbox": "on",
    "dropdown": "One",
    "radio": "One",
    "checkboxes": ["One"],
    "multiselect": ["One"],
    "date": "2031-01-01",
    "datetime": "2031-01-01 10:00",
    "hidden": "x",
}
ANSWER = GIVER | {"contact_name": "Pia"}
JOINING = {
    "organisation_name": "The Choir",
    "organisation_kind": "association",
    "contact_name": "Kerttu",
    "contact_email": "choir@example.org",
    "message": "We sing.",
}
TRANSLATION = {"title": "Ett café", "summary": "Kort.", "description": "Långt.", "novelty": "Nytt."}
FILE = {
    "file": lambda: SimpleUploadedFile("hall.png", PICTURE, "image/png"),
    "description": "Our hall",
    "rights": "on",
    "shows_minors": "on",
    "guardians_agreed": "on",
}
# For what shares its fields and its view with another form of the table.
FEW = ("left out", "too long", "control characters", "a script")

FORMS = [
    Form("the form", {"submit"}, submit, "title", WHOLE),
    Form("a change", {"own_edit"}, edit, "title", TEXT | GIVER | PEOPLE),
    Form("a change, screened", {"own_edit"}, edit_screened, "title", TEXT | PEOPLE, attacks=FEW),
    Form("a correction", {"own_edit"}, correct, "title", ROWS | GIVER, attacks=FEW),
    Form(
        "lost links",
        {"mine"},
        lambda world: (Client(), "/en/mine/"),
        "contact_email",
        {"contact_email": "a@example.org"},
    ),
    Form("another address", {"sent"}, sent, "contact_email", {"contact_email": "new@example.org"}),
    Form("the consents", {"own_consents"}, consents, "consent_text"),
    Form("the people", {"own_people"}, lambda world: own(world.sent(), "people/"), "contact_name", PEOPLE),
    Form(
        "an invitation",
        {"own_partners"},
        lambda world: own(world.sent(), "partners/"),
        "organisation_name",
        {"organisation_name": "The City", "contact_email": "city@example.org"},
    ),
    Form("a partner's answer", {"partner"}, partner, "organisation_name", ANSWER, {"act": "confirm"}),
    Form("a partner's data", {"partner"}, partner_confirmed, "organisation_name", ANSWER, {"act": "correct"}),
    Form("taking the lead", {"partner_lead"}, partner_lead, "authorised", {"authorised": "on"}),
    Form("asking to join", {"join"}, join, "message", JOINING),
    Form("a report", {"report"}, report, "message", {"message": "It is wrong."}),
    Form("feedback", {"wagtail_serve"}, feedback, "multiline", FEEDBACK),
    Form(
        "a translation",
        {"own_translation"},
        lambda world: own(world.sent(), "translations/sv/"),
        "title",
        TRANSLATION,
    ),
    Form("a file", {"own_files"}, lambda world: own(world.sent(), "files/"), "file", FILE),
    Form("what a file shows", {"own_file"}, one_file, "description", {"description": "A full hall"}),
]
