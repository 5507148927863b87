"""Forms that are not sent yet, as browsers with and without scripts meet them."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from home.models import Mail
from pledges import links, unsent_links
from pledges.models import Status, Submission, UnsentForm
from pledges.views import keeping
from tests.factories import CampaignFactory, SubmissionFactory, ThemeFactory, laid_around

from .form import URL, filled, rows
from .unsent import KEEP, save, words

ELSEWHERE = {"HTTP_SEC_FETCH_SITE": "cross-site"}
FAR = {"REMOTE_ADDR": "203.0.113.7"}


@pytest.fixture
def campaign(db):
    return CampaignFactory(is_current=True, phases=laid_around(timezone.now()))


@pytest.fixture
def theme(campaign):
    return ThemeFactory(campaign=campaign)


@pytest.fixture
def form(client, campaign) -> UnsentForm:
    save(client, description="Line one\r\n\r\n<b>two</b>", starts_on="next spring", authorised="on")
    return UnsentForm.objects.get()


@pytest.fixture
def submission(campaign, theme) -> Submission:
    return SubmissionFactory(campaign=campaign, text__theme=theme, text__title="As sent")


def page_of(form: UnsentForm, language: str = "en") -> str:
    return f"/{language}/submit/kept/{unsent_links.token(form, unsent_links.UNSENT)}/"


def text(answer) -> str:
    return answer.content.decode()


def hidden(answer) -> dict[str, str]:
    found = re.findall(r'type="hidden" name="(form_key|tab|save_number)" value="([^"]*)"', text(answer))
    return dict(found)


def test_the_script_saves_and_is_told_where_the_form_goes_on(client, campaign):
    answer = save(client, KEEP, contact_email="maija@example.org")
    form = UnsentForm.objects.get()
    facts = answer.json()
    assert (answer.status_code, facts["number"], facts["url"]) == (200, 1, page_of(form))
    assert save(client, title="More").json()["number"] == 2
    assert not Submission.objects.exists()
    assert not Mail.objects.exists()


def test_a_save_takes_five_queries(client, form, django_assert_num_queries):
    with django_assert_num_queries(5):
        save(client, title="More")


def test_the_form_opens_elsewhere_as_it_was_left(client, form):
    answer = client.get(page_of(form))
    page = text(answer)
    assert answer.status_code == 200
    for typed in ('value="A language café"', "Line one\r\n\r\n&lt;b&gt;two&lt;/b&gt;", 'value="next spring"'):
        assert typed in page
    assert 'class="error' not in page
    assert not re.search(r'name="authorised"[^>]*checked', page)
    assert hidden(answer)["form_key"] == form.key
    assert hidden(answer)["save_number"] == "1"
    assert (answer.headers["Referrer-Policy"], answer.headers["X-Robots-Tag"]) == ("no-referrer", "noindex")
    assert "no-store" in answer.headers["Cache-Control"]


def test_rows_and_choices_open_as_they_were_left(client, theme):
    save(
        client,
        theme=theme.pk,
        other_themes=[theme.pk],
        scope="municipalities",
        **rows("actions", {"what": "Course"}, {"what": "Café", "target": "many"}),
    )
    page = text(client.get(page_of(UnsentForm.objects.get())))
    assert 'name="actions-1-target" value="many"' in page
    assert f'<option value="{theme.pk}" selected>' in page
    assert re.search(r'value="municipalities"[^>]*checked', page)


def test_without_a_script_the_button_keeps_and_leads_to_the_link(client, theme):
    typed = filled(theme, title="Half a title", authorised="", theme="", contact_email="maija@example.org")
    answer = client.post(KEEP, typed)
    form = UnsentForm.objects.get()
    assert (answer.status_code, answer.url) == (302, page_of(form))
    page = text(client.get(answer.url))
    assert 'value="Half a title"' in page
    assert "Your text is kept." in page
    assert "m•••a@example.org" in page
    assert list(Mail.objects.values_list("letter", "language")) == [("unsent", "en")]
    client.post(KEEP, typed | {"title": "More"})
    assert Mail.objects.count() == 1


def test_without_a_script_nothing_yet_is_said_and_nothing_is_lost(client, campaign):
    answer = client.post(KEEP, {"summary": "Only a summary", "form_key": "k"})
    assert answer.status_code == 422
    assert "Write a title or the name of the organisation first" in text(answer)
    assert "Only a summary" in text(answer)
    assert not UnsentForm.objects.exists()


def test_a_failed_check_keeps_what_was_typed(client, theme):
    answer = client.post(URL, filled(theme, summary="", tab="one", save_number="0"))
    form = UnsentForm.objects.get()
    assert words(form) == filled(theme)["title"]
    assert page_of(form) in text(answer)
    assert hidden(answer) == {"form_key": "k" * 32, "tab": "one", "save_number": "1"}


def test_asking_for_a_row_keeps_what_was_typed(client, theme):
    client.post(URL, filled(theme) | rows("actions", {"what": "Course"}) | {"add_row": "actions"})
    assert words(UnsentForm.objects.get(), "actions-TOTAL_FORMS") == "2"


def test_sending_takes_the_place_of_what_was_kept(client, theme):
    save(client)
    answer = client.post(URL, filled(theme, tab="one", save_number="1"))
    assert answer.status_code == 302
    assert not UnsentForm.objects.exists()
    late = save(client, title="Typed in the other tab")
    assert late.status_code == 410
    assert not UnsentForm.objects.exists()


def test_what_is_sent_after_the_deadline_takes_its_place_as_a_draft(client, db):
    theme = ThemeFactory(
        campaign=CampaignFactory(is_current=True, phases=laid_around(timezone.now(), on="review"))
    )
    save(client)
    client.post(URL, filled(theme, tab="one", save_number="1"))
    assert not UnsentForm.objects.exists()
    assert Submission.objects.get().status == Status.DRAFT


def test_the_script_of_a_second_tab_is_told(client, form):
    save(client, title="Of the phone", tab="phone", save_number="1")
    answer = save(client, title="Of the desktop", tab="desktop", save_number="1")
    assert (answer.status_code, answer.json()["number"]) == (409, 2)
    page = text(client.get(answer.json()["compare"]))
    assert "Of the phone" in page
    assert "Of the desktop" in page


def test_sending_from_a_second_tab_tells_before_it_sends(client, theme):
    save(client, title="Of the phone", tab="phone")
    sent = filled(theme, title="Of the desktop", tab="desktop", save_number="0")
    told = client.post(URL, sent)
    assert told.status_code == 200
    assert "Both texts are kept" in text(told)
    assert not Submission.objects.exists()
    form = UnsentForm.objects.get()
    assert (words(form), form.texts.count()) == ("Of the phone", 1)
    answer = client.post(URL, sent | hidden(told))
    assert answer.status_code == 302
    assert Submission.objects.get().latest.title == "Of the desktop"
    assert not UnsentForm.objects.exists()


def test_another_text_is_put_into_the_form(client, form):
    save(client, title="Other", tab="two")
    answer = client.post(f"{page_of(form)}compare/", {"text": form.texts.get().pk})
    assert answer.url == page_of(form)
    assert words(form) == "Other"
    for nonsense in ("", "x", "9" * 30, str(form.pk + 99)):
        assert client.post(f"{page_of(form)}compare/", {"text": nonsense}).status_code == 302
    assert words(form) == "Other"


def test_a_new_link_makes_the_old_one_worthless(client, form):
    old = page_of(form)
    answer = client.post(f"{old}care/", {"act": "renew"})
    form.refresh_from_db()
    assert answer.url == page_of(form) != old
    assert client.get(old).status_code == 404
    assert client.get(answer.url).status_code == 200


def test_a_draft_is_deleted(client, form):
    assert client.get(f"{page_of(form)}care/").status_code == 200
    assert client.post(f"{page_of(form)}care/", {"act": "delete"}).url == URL
    assert not UnsentForm.objects.exists()
    assert client.get(page_of(form)).status_code == 404


def test_nothing_is_read_without_the_link(client, form):
    other = unsent_links.token(form, unsent_links.QUIET)
    for token in (other, "forged:token", links._signer("own").sign_object([form.pk, form.link_key])):
        answer = client.get(f"/en/submit/kept/{token}/")
        assert answer.status_code == 404
        assert "A language café" not in text(answer)
    assert "A language café" not in save(client, title="x", tab="two").content.decode()


def test_reminders_end_by_a_button_and_not_by_opening_the_link(client, form):
    quiet = f"/en/submit/quiet/{unsent_links.token(form, unsent_links.QUIET)}/"
    assert "A language café" not in text(client.get(quiet))
    form.refresh_from_db()
    assert form.wants_reminders
    assert client.post(quiet).status_code == 200
    form.refresh_from_db()
    assert not form.wants_reminders


def test_a_page_of_another_site_keeps_nothing(client, campaign):
    assert client.post(KEEP, {"title": "x"}, **ELSEWHERE).status_code == 403
    assert client.post(KEEP, {"title": "x"}, HTTP_ACCEPT="application/json", **ELSEWHERE).status_code == 403
    assert not UnsentForm.objects.exists()


def test_a_robot_in_the_trap_keeps_nothing(client, campaign):
    save(client, homepage_url="https://spam.example")
    assert not UnsentForm.objects.exists()


def test_one_sender_begins_only_so_many_forms(client, campaign, monkeypatch):
    monkeypatch.setattr(keeping, "BEGUN_PER_SENDER", 2)
    sent = {"title": "x", "tab": "one", "save_number": "0"}
    answers = [
        client.post(KEEP, sent | {"form_key": key}, HTTP_ACCEPT="application/json", **FAR).status_code
        for key in ("a", "b", "c", "b")
    ]
    assert answers == [200, 200, 429, 200]


def test_one_form_is_saved_only_so_often(client, campaign, monkeypatch):
    monkeypatch.setattr(keeping, "SAVES_PER_FORM", 1)
    sent = {"form_key": "a", "tab": "one", "save_number": "0"}
    answers = [
        client.post(KEEP, sent | {"title": title}, HTTP_ACCEPT="application/json", **FAR).status_code
        for title in ("x", "y", "z")
    ]
    assert answers == [200, 200, 429]
    assert words(UnsentForm.objects.get()) == "y"


def test_a_form_cannot_take_the_place_of_somebody_s_change(client, submission):
    save(client, form_key=f"edit:{submission.pk}")
    assert UnsentForm.objects.get().key != f"edit:{submission.pk}"


def test_without_a_campaign_nothing_is_kept(client, db):
    assert save(client).status_code == 404


@pytest.mark.parametrize(("page", "sent"), [("compare/", {"text": "1"}), ("care/", {"act": "renew"})])
def test_a_form_that_is_sent_while_its_link_is_followed_has_a_page_that_says_so(
    client, form, page, sent, monkeypatch
):
    """It is there when the link is read, and gone when its row is to be locked."""
    opened = unsent_links.opened

    def crossed(*args: str) -> UnsentForm | None:
        found = opened(*args)
        UnsentForm.objects.all().delete()
        return found

    monkeypatch.setattr(unsent_links, "opened", crossed)
    answer = client.post(page_of(form) + page, sent)
    assert answer.status_code == 404
    assert "This draft is not here" in text(answer)


# Changes to what was sent.


def change(submission: Submission, page: str = "") -> str:
    return f"/en/mine/{links.token(submission, links.OWN)}/edit/{page}"


def test_a_change_is_kept_and_shown_again_until_it_is_saved(client, submission, theme):
    answer = save(client, change(submission, "keep/"), title="Half a ch", base_version="1")
    assert answer.json()["url"] == change(submission)
    page = text(client.get(change(submission)))
    assert 'value="Half a ch"' in page
    assert 'name="base_version" value="1"' in page
    assert "This is your change as you left it." in page
    fields = filled(theme, title="Changed", tab="one", save_number="1", base_version="1")
    assert client.post(change(submission), fields).status_code == 302
    submission.refresh_from_db()
    assert submission.latest.title == "Changed"
    assert not UnsentForm.objects.exists()


def test_the_second_tab_that_changes_a_submission_is_told(client, submission):
    save(client, change(submission, "keep/"), title="Of the phone", tab="phone")
    assert save(client, change(submission, "keep/"), title="Of the desktop", tab="two").status_code == 409
    page = text(client.get(change(submission, "compare/")))
    for words_of in ("As sent", "Of the phone", "Of the desktop"):
        assert words_of in page


def test_a_change_is_dropped(client, submission):
    save(client, change(submission, "keep/"), title="Half a ch")
    assert client.post(change(submission, "compare/"), {"act": "delete"}).status_code == 302
    assert 'value="As sent"' in text(client.get(change(submission)))
    assert client.get(change(submission, "compare/")).status_code == 302


def test_a_change_that_is_dropped_in_another_tab_leads_back(client, submission, monkeypatch):
    save(client, change(submission, "keep/"), title="Half a ch")
    found = UnsentForm.objects.get()
    monkeypatch.setattr("pledges.views.unsent_edit.of_submission", lambda _submission: found)
    UnsentForm.objects.filter(pk=found.pk).delete()
    assert (
        client.post(change(submission, "compare/"), {"text": "1"}).url == change(submission)[: -len("edit/")]
    )


def test_no_change_is_kept_of_what_was_withdrawn(client, submission):
    Submission.objects.update(status=Status.WITHDRAWN)
    answer = save(client, change(submission, "keep/"), title="Half a ch")
    assert (answer.status_code, answer.json()["sentence"]) == (422, "The text can no longer be changed.")
    page = text(client.post(change(submission, "keep/"), {"title": "Half a ch", "base_version": "1"}))
    assert "The text can no longer be changed." in page
    assert 'value="Half a ch"' in page


def test_without_a_script_a_change_is_kept_by_the_button(client, submission):
    answer = client.post(change(submission, "keep/"), {"title": "Half a ch", "base_version": "1"})
    assert answer.url == change(submission)
    assert "Your changes are kept, and not sent yet." in text(client.get(answer.url))


def test_a_change_that_was_refused_too_late_is_still_shown(client, submission):
    save(client, change(submission, "keep/"), title="Half a ch")
    submission.campaign.phases.filter(kind="call").update(closes_at=timezone.now() - timedelta(seconds=1))
    page = text(client.get(change(submission)))
    assert 'value="Half a ch"' in page
    assert "The call has closed" in page
