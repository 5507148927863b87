"""Everything wrong that can be sent: answered in words, stored nowhere, and never a failure of ours."""

import pytest
from django.utils import timezone

from pledges import links
from pledges.models import Submission
from tests.factories import CampaignFactory, SubmissionFactory, ThemeFactory, laid_around

from .form import URL, filled, rows

REQUIRED = (
    "kind",
    "title",
    "summary",
    "description",
    "theme",
    "organisation_name",
    "organisation_kind",
    "contact_name",
    "contact_email",
    "authorised",
)
TOO_LONG = {
    "title": 121,
    "summary": 401,
    "plain_summary": 601,
    "description": 8001,
    "novelty": 4001,
    "target_groups": 2001,
    "participation": 2001,
    "delivery_languages": 201,
    "organisation_name": 161,
    "contact_name": 121,
    "contact_phone": 41,
    "second_name": 121,
    "tags": 401,
}
WRONG = {
    "kind": ["", "bribe", "pledge\0", "1"],
    "theme": ["", "0", "-1", "999999", "x", "1 OR 1=1", "9" * 400, "１"],
    "organisation_kind": ["", "mafia"],
    "contact_email": [
        "",
        "maija",
        "a@b",
        "a@b.fi, c@d.fi",
        "a b@c.fi",
        "@",
        "a@" + "b" * 300 + ".fi",
        "a@b.fi\nBcc: x@y.fi z",
    ],
    "second_email": ["x", "a@@b.fi"],
    "business_id": ["1234567-8", "x", "0737546-3"],
    "website": ["javascript:alert(1)", "http://", "x" * 300 + ".fi", "http://[::1", "data:text/html,x"],
    "organisation_municipality": ["Atlantis", "0"],
    "scope": ["moon"],
    "regions": ["x", "999999", "-1"],
    "municipalities": ["x", "999999", "9" * 60],
    "other_themes": ["x", "999999"],
    "starts_on": ["x", "2027-13-01", "0000-00-00", "99999-01-01", "31.2.2027"],
    "language": ["xx", "fi-FI"],
    "authorised": ["", "false"],
    "tags": [" ".join(f"#t{number}" for number in range(11)), "#" + "a" * 41],
}
NASTY = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7|add:7 }} {% load x %}",
    "=cmd|' /C calc'!A0",
    "'; DROP TABLE pledges_submission; --",
    "\u202egnp.exe",
    "👩‍👩‍👧‍👦 🏴\U000e0067\U000e0062\U000e007f",
    "مرحبا بالجميع",
    "a\u0308iti",
    "Z̸̗̊a̷l̵g̶o̴",
    "%00 %s %d",
    "\x00\x07\x1b[31mred",
]
CONTROL = "A\x00 b\x07\x1b\u202e\u2066\u200b\ufeff\x9fc"


@pytest.fixture
def theme(db):
    return ThemeFactory(campaign=CampaignFactory(is_current=True, phases=laid_around(timezone.now())))


@pytest.mark.parametrize("name", REQUIRED)
def test_each_needed_field_is_asked_for_at_its_place(client, theme, name):
    form = {key: value for key, value in filled(theme).items() if key != name}
    answer = client.post(URL, form)
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [name]
    page = answer.content.decode()
    assert f'href="#id_{name}"' in page
    assert f'id="id_{name}_error"' in page
    assert not Submission.objects.exists()


@pytest.mark.parametrize(("name", "length"), TOO_LONG.items())
def test_what_is_too_long_is_said_there_and_stays_in_the_field(client, theme, name, length):
    typed = "x" * length
    answer = client.post(URL, filled(theme, **{name: typed}))
    assert list(answer.context["form"].errors) == [name]
    assert typed in answer.content.decode()
    assert not Submission.objects.exists()


def test_no_field_cuts_off_what_is_pasted(client, theme):
    assert "maxlength" not in client.get(URL).content.decode()


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, values in WRONG.items() for value in values]
)
def test_each_wrong_value_is_refused_at_its_field_and_all_else_stays(client, theme, name, value):
    answer = client.post(URL, filled(theme, description="Everything typed stays.", **{name: value}))
    assert answer.status_code == 200
    assert name in answer.context["form"].errors
    assert "Everything typed stays." in answer.content.decode()
    assert not Submission.objects.exists()


def test_an_initiative_says_what_is_new(client, theme):
    answer = client.post(URL, filled(theme, kind="initiative", novelty=" \u200b "))
    assert list(answer.context["form"].errors) == ["novelty"]


@pytest.mark.parametrize("scope", ["regions", "municipalities"])
def test_who_chooses_certain_places_names_them(client, theme, scope):
    assert list(client.post(URL, filled(theme, scope=scope)).context["form"].errors) == [scope]


def test_the_end_is_not_before_the_start(client, theme):
    answer = client.post(URL, filled(theme, starts_on="2027-02-01", ends_on="2027-01-01"))
    assert list(answer.context["form"].errors) == ["ends_on"]


@pytest.mark.parametrize("text", NASTY)
def test_nasty_text_is_kept_or_cleaned_and_never_runs(client, theme, text):
    fields = (
        "title",
        "summary",
        "description",
        "novelty",
        "organisation_name",
        "contact_name",
        "target_groups",
    )
    answer = client.post(URL, filled(theme, **dict.fromkeys(fields, text)), follow=True)
    assert answer.status_code == 200
    submission = Submission.objects.get()
    page = client.get(f"/en/mine/{links.token(submission, links.OWN)}/").content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "14" not in submission.latest.title
    assert not set(submission.latest.title) & set("\0\x07\x1b\u202e")


def test_control_characters_and_direction_marks_go_and_everything_visible_stays(client, theme):
    client.post(
        URL, filled(theme, title=CONTROL, description="One\r\ntwo\u2028three\x00\n\n👩‍👧 café e\u0301")
    )
    version = Submission.objects.get().latest
    assert version.title == "A bc"
    assert version.description == "One\ntwo\nthree\n\n👩‍👧 café é"


@pytest.mark.parametrize("empty", [" ", "\u200b", "\u202e\u2066", "\u00a0\u3000", "\ufe0f", "\x00"])
def test_what_cannot_be_seen_is_no_title(client, theme, empty):
    assert list(client.post(URL, filled(theme, title=empty)).context["form"].errors) == ["title"]


@pytest.mark.parametrize(
    "change",
    [
        {"actions-TOTAL_FORMS": "x", "actions-INITIAL_FORMS": "0"},
        {"actions-TOTAL_FORMS": "999999999", "actions-INITIAL_FORMS": "0"},
        {"actions-TOTAL_FORMS": "1"},
        rows("actions", *[{"what": "x"}] * 25),
        rows("actions", {"what": "x" * 201}),
        rows("actions", {"what": "x", "start": "NaN"}),
        rows("actions", {"what": "x", "start": "Infinity"}),
        rows("actions", {"what": "x", "start": "1e99999999999"}),
        rows("actions", {"what": "x", "target": "99999999999999"}),
        rows("actions", {"unit": "courses"}),
        rows("needs", {"what": "x", "until": "never"}),
        rows("offers", {"amount": "3"}),
    ],
)
def test_wrong_rows_are_said_and_nothing_is_stored(client, theme, change):
    answer = client.post(URL, filled(theme, **change))
    assert answer.status_code == 200
    assert "error-summary" in answer.content.decode()
    assert not Submission.objects.exists()


@pytest.mark.parametrize("key", ["", "x" * 65, "ä", "a b", "<b>", "\0", "'"])
def test_a_form_without_a_proper_key_gets_one(client, theme, key):
    assert client.post(URL, filled(theme, form_key=key)).status_code == 302
    assert Submission.objects.get().form_key != key


@pytest.mark.parametrize(
    "content_type", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
)
def test_a_body_of_forty_megabytes_gets_a_clear_page(client, theme, content_type):
    answer = client.post(URL, b"title=" + b"x" * 40_000_000, content_type=content_type)
    assert answer.status_code == 413
    assert "Too much at once" in answer.content.decode()


def test_too_many_fields_get_the_same_page(client, theme):
    assert client.post(URL, {f"f{number}": "" for number in range(2_001)}).status_code == 413


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"", "application/x-www-form-urlencoded"),
        (b"{}", "application/json"),
        (b"\xff\xfe=%ff&title=%00%ff", "application/x-www-form-urlencoded"),
        (b"title=x", "text/plain"),
        (b"--x\r\n\r\n", "multipart/form-data; boundary=x"),
        (b"title", "application/x-www-form-urlencoded; charset=klingon"),
        (b"nonsense", "multipart/form-data"),
    ],
)
def test_a_broken_body_is_never_our_failure(client, theme, body, content_type):
    assert client.generic("POST", URL, body, content_type=content_type).status_code in {200, 400}
    assert not Submission.objects.exists()


def test_uploaded_files_are_no_text(client, theme, tmp_path):
    from django.core.files.uploadedfile import SimpleUploadedFile

    answer = client.post(URL, filled(theme, title=SimpleUploadedFile("x.txt", b"x")))
    assert list(answer.context["form"].errors) == ["title"]


PAGES = [
    "/en/mine/{}/",
    "/en/mine/{}/edit/",
    "/en/mine/{}/consents/",
    "/en/mine/{}/withdraw/",
    "/en/confirm/{}/",
]


@pytest.mark.parametrize("address", [*PAGES, "/en/submit/sent/?key={}"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_no_wrong_link_opens_anything(client, theme, address, method):
    mine, other = SubmissionFactory(campaign=theme.campaign), SubmissionFactory(campaign=theme.campaign)
    good = {
        scope: links.token(mine, scope, at=timezone.now()) for scope in (links.OWN, links.CONFIRM, links.SENT)
    }
    right = links.SENT if "/sent/" in address else links.CONFIRM if "confirm" in address else links.OWN
    payload, signature = good[right].rsplit(":", 1)
    wrong = [token for scope, token in good.items() if scope != right]
    wrong += [
        "x",
        ":",
        "1",
        str(mine.pk),
        mine.reference,
        mine.link_key,
        f"{payload}:x",
        f"x:{signature}",
        "%00",
        "å",
    ]
    wrong += [links.token(other, right).rsplit(":", 1)[0] + ":" + signature, good[right][:-1], "x" * 3000]
    for token in wrong:
        answer = getattr(client, method)(address.format(token))
        assert answer.status_code == 404, token
        assert mine.latest.title not in answer.content.decode()
    Submission.objects.filter(pk=mine.pk).update(link_key="revoked")
    answer = getattr(client, method)(address.format(good[right]))
    # A receipt whose address was corrected elsewhere says so, and nothing else.
    assert answer.status_code == (410 if right == links.SENT else 404)
    assert mine.latest.title not in answer.content.decode()


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "head", "trace"])
@pytest.mark.parametrize("address", [URL, "/en/submit/sent/", "/en/mine/", "/en/mine/x/", "/en/confirm/x/"])
def test_other_methods_change_nothing_and_break_nothing(client, theme, address, method):
    assert getattr(client, method)(address).status_code in {200, 404, 405}
    assert not Submission.objects.exists()
