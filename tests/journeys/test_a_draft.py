"""A form that is begun on a phone and sent from a desk: with a script, without one, and with nobody at the other end."""

import pytest
from playwright.sync_api import Page, Route, expect

from pledges import links
from pledges.models import Submission, UnsentForm
from tests.factories import SubmissionFactory

from .conftest import PHONE, link_in, sideways

pytestmark = pytest.mark.browser

DESK = {"viewport": {"width": 1280, "height": 900}}
KEPT = "[data-saved]"


def write(page: Page, **fields: str) -> None:
    for name, text in fields.items():
        page.locator(f"[name={name}]").fill(text)


def finish(page: Page, theme) -> None:
    page.locator("[name=theme]").select_option(str(theme.pk))
    page.locator("[name=organisation_kind]").select_option("association")
    write(page, description="We open our hall every Tuesday.", organisation_name="Association of Neighbours")
    write(page, contact_name="Maija Meikäläinen", contact_email="maija@example.org")
    page.get_by_role("checkbox", name="I am authorised").check()


def is_kept(page: Page) -> None:
    expect(page.locator(KEPT)).to_contain_text("Kept:")
    page.wait_for_function("!JSON.parse(Object.values(sessionStorage)[0]).fields")


def test_begun_on_a_phone_and_sent_from_a_desk(person, call, theme, post):
    phone = person(**PHONE)
    phone.goto("/en/submit/")
    phone.get_by_role("radio", name="Pledge").tap()
    write(phone, title="A language café", summary="We drink coffee.")
    is_kept(phone)
    assert sideways(phone) == 0
    link = phone.locator("[data-url]").get_attribute("href")
    phone.context.close()

    desk = person(**DESK)
    desk.goto(link)
    expect(desk.get_by_role("radio", name="Pledge")).to_be_checked()
    expect(desk.locator("[name=title]")).to_have_value("A language café")
    expect(desk.locator("[data-progress]")).to_contain_text("Essentials left: 7. Optional parts left: 4.")
    finish(desk, theme)
    expect(desk.locator("[data-progress]")).to_contain_text("All essentials are filled in.")
    is_kept(desk)
    desk.get_by_role("button", name="Send and confirm by e-mail").click()
    expect(desk.get_by_role("heading", name="One step left")).to_be_visible()
    assert Submission.objects.get().latest.summary == "We drink coffee."
    assert not UnsentForm.objects.exists()
    assert desk.evaluate("[Object.keys(sessionStorage), localStorage.length]") == [["lupaus-sent"], 0]


def test_without_a_script_the_button_keeps_and_the_mailed_link_goes_on(person, call, theme, post):
    phone = person(**PHONE, java_script_enabled=False)
    phone.goto("/en/submit/")
    phone.locator("[name=kind][value=pledge]").check()
    write(phone, title="A language café", summary="We drink coffee.", contact_email="maija@example.org")
    phone.get_by_role("button", name="Save and go on later").click()
    expect(phone.get_by_text("Your text is kept.")).to_be_visible()
    assert phone.url.endswith(phone.locator("[data-url]").get_attribute("href"))
    (letter,) = post()

    desk = person(**DESK, java_script_enabled=False)
    desk.goto(link_in(letter))
    expect(desk.locator("[name=title]")).to_have_value("A language café")
    finish(desk, theme)
    desk.get_by_role("button", name="Send and confirm by e-mail").click()
    expect(desk.get_by_role("heading", name="One step left")).to_be_visible()
    assert not UnsentForm.objects.exists()


def test_who_goes_back_from_the_receipt_is_told_that_it_was_sent(person, call, theme):
    desk = person(**DESK)
    desk.goto("/en/submit/")
    expect(desk.get_by_text("You have just sent this form.")).to_be_hidden()
    desk.get_by_role("radio", name="Pledge").check()
    write(desk, title="A language café", summary="We drink coffee.")
    finish(desk, theme)
    desk.get_by_role("button", name="Send and confirm by e-mail").click()
    expect(desk.get_by_role("heading", name="One step left")).to_be_visible()
    desk.go_back()
    expect(desk.get_by_text("You have just sent this form.")).to_be_visible()
    desk.get_by_role("button", name="Go to the receipt").click()
    expect(desk.get_by_role("heading", name="One step left")).to_be_visible()
    desk.goto("/en/submit/")
    expect(desk.get_by_text("You have just sent this form.")).to_be_hidden()


def test_a_second_tab_is_told_and_both_texts_are_there(person, call):
    first = person(**DESK)
    first.goto("/en/submit/")
    write(first, title="A language café")
    is_kept(first)
    link = first.locator("[data-url]").get_attribute("href")
    second = first.context.new_page()
    second.goto(link)

    write(first, title="Of the first tab")
    expect(first.locator("[name=save_number]")).to_have_value("2")
    write(second, title="Of the second tab")
    told = second.get_by_role("alert")
    expect(told).to_contain_text("This form was saved in another window")
    told.get_by_role("button", name="Go on with this one").click()
    expect(told).to_be_hidden()
    expect(second.locator("[name=save_number]")).to_have_value("3")
    second.goto(link)
    second.get_by_role("link", name="Compare with what was saved in another window").click()
    expect(second.locator(".differences")).to_contain_text("Of the first tab")
    second.get_by_role("button", name="Put this text into the form").click()
    expect(second.locator("[name=title]")).to_have_value("Of the first tab")


def test_while_the_server_is_away_the_text_stays_in_the_tab(person, call):
    page = person(**DESK)
    page.goto("/en/submit/")
    away = True

    def answer(route: Route) -> None:
        route.abort() if away else route.continue_()

    page.route("**/submit/keep/", answer)
    write(page, title="A language café", summary="We drink coffee.")
    page.get_by_role("group", name="Which is it?").get_by_role("radio", name="Initiative").check()
    expect(page.locator("[data-said]")).to_contain_text("We cannot reach the server now.")
    assert not UnsentForm.objects.exists()
    away = False
    is_kept(page)
    assert UnsentForm.objects.get().kind == "initiative"


def test_what_the_server_never_got_is_offered_after_a_reload(person, call):
    page = person(**DESK)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("/en/submit/")
    page.route("**/submit/keep/", lambda route: route.abort())
    write(page, title="A language café", summary="We drink coffee.")
    page.locator("#rows > summary").click()
    page.get_by_role("button", name="Add an action").click()
    write(page, **{"actions-1-what": "Coffee"})
    expect(page.locator("[data-said]")).to_contain_text("We cannot reach the server now.")
    key = page.locator("[name=form_key]").input_value()

    page.unroute("**/submit/keep/")
    page.goto("/en/submit/")
    page.get_by_role("button", name="Put it into the form").click()
    expect(page.locator("[name=summary]")).to_have_value("We drink coffee.")
    expect(page.locator("[name=actions-1-what]")).to_have_value("Coffee")
    is_kept(page)
    assert UnsentForm.objects.get().key == key


def test_the_link_ends_with_the_tab_unless_it_is_to_be_remembered(person, call):
    page = person(**DESK)
    page.goto("/en/submit/")
    write(page, title="A language café")
    is_kept(page)
    page.goto("/en/submit/")
    expect(page.get_by_role("link", name="Go on with it")).to_be_visible()
    stranger = page.context.new_page()
    stranger.goto("/en/submit/")
    expect(stranger.get_by_role("link", name="Go on with it")).to_be_hidden()

    page.get_by_role("link", name="Go on with it").click()
    expect(page.locator("[name=title]")).to_have_value("A language café")
    page.get_by_role("checkbox", name="Remember the link in this browser").check()
    stranger.goto("/sv/submit/")
    expect(stranger.locator("[data-go-on]")).to_be_visible()
    assert stranger.locator("[data-go-on]").get_attribute("href").startswith("/sv/submit/kept/")
    stranger.locator("[data-forget]").click()
    assert stranger.evaluate("localStorage.length") == 0


def test_counters_speak_only_near_the_limit(person, call):
    page = person(**DESK)
    page.goto("/en/submit/")
    summary, spoken = page.locator("[name=summary]"), page.locator("[name=summary] ~ [role=status]")
    summary.fill("Coffee")
    expect(page.locator("#id_summary_counter")).to_have_text("Characters left: 394")
    assert "id_summary_counter" in summary.get_attribute("aria-describedby")
    summary.fill("x" * 390)
    expect(spoken).to_have_text("Characters left: 10")
    summary.fill("x" * 300)
    expect(spoken).to_have_text("")
    summary.fill("x" * 405)
    expect(spoken).to_have_text("Characters too many: 5")


def cut_off(page: Page) -> None:
    """From now on nothing that is sent arrives."""
    page.on("dialog", lambda dialog: dialog.accept())
    page.route("**/*", lambda route: route.abort() if route.request.method == "POST" else route.continue_())


def is_answered_by_the_browser(page: Page) -> None:
    page.wait_for_url(lambda url: url.startswith("chrome-error:"), wait_until="commit")


def put_back(page: Page, url: str) -> None:
    page.unroute("**/*")
    page.goto(url)
    page.get_by_role("button", name="Put it into the form").click()
    expect(page.locator("[name=summary]")).to_have_value("Words of the last minute")


def test_what_was_sent_into_the_void_from_a_kept_link_is_offered_again(person, call, theme, post):
    page = person(**DESK)
    page.goto("/en/submit/")
    page.get_by_role("radio", name="Pledge").check()
    write(page, title="A language café")
    is_kept(page)
    link = page.locator("[data-url]").get_attribute("href")
    page.goto(link)
    cut_off(page)
    finish(page, theme)
    write(page, summary="Words of the last minute")
    page.get_by_role("button", name="Send and confirm by e-mail").click()
    is_answered_by_the_browser(page)

    put_back(page, link)
    page.get_by_role("checkbox", name="I am authorised").check()
    page.get_by_role("button", name="Send and confirm by e-mail").click()
    expect(page.get_by_role("heading", name="One step left")).to_be_visible()
    assert Submission.objects.get().latest.summary == "Words of the last minute"


def test_what_was_saved_into_the_void_is_offered_again_and_forgotten_once_it_is_saved(person, call):
    submission = SubmissionFactory(campaign=call)
    own = f"/en/mine/{links.token(submission, links.OWN)}/"
    page = person(**DESK)
    page.goto(f"{own}edit/")
    cut_off(page)
    write(page, summary="Words of the last minute")
    page.get_by_role("button", name="Save the changes").click()
    is_answered_by_the_browser(page)

    put_back(page, f"{own}edit/")
    page.get_by_role("button", name="Save the changes").click()
    expect(page.get_by_text("Your changes are saved.")).to_be_visible()
    assert page.evaluate("sessionStorage.length") == 0
    submission.refresh_from_db()
    assert submission.latest.summary == "Words of the last minute"


def test_what_came_back_with_errors_is_not_offered_again(person, call):
    page = person(**DESK)
    page.goto("/en/submit/")
    write(page, title="A language café", summary="We drink coffee. ")
    page.get_by_role("button", name="Send and confirm by e-mail").click()
    expect(page.get_by_role("alert").first).to_be_visible()
    expect(page.locator("[data-offer]")).to_be_hidden()
    expect(page.locator("[name=title]")).to_have_value("A language café")
