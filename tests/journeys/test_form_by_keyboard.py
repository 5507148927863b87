"""The form for people without a mouse, and for browsers without scripts."""

import pytest
from playwright.sync_api import Locator, Page, expect

from pledges.models import Submission

pytestmark = pytest.mark.browser

PHONE = {"width": 320, "height": 640}
MOST_STOPS = 150


def tab_to(page: Page, target: Locator, *, key: str = "Tab") -> None:
    """Press Tab until the target has the focus, as somebody does who cannot click."""
    for _stop in range(MOST_STOPS):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press(key)
    pytest.fail(f"{target} is not reached by {key}")


def box(within: Page | Locator, label: str) -> Locator:
    return within.get_by_role("textbox", name=label, exact=True)


def write(page: Page, label: str, text: str) -> None:
    tab_to(page, box(page, label))
    page.keyboard.type(text)


def choose(page: Page, label: str, letters: str) -> None:
    """Pick from a list by the first letters of the choice."""
    tab_to(page, page.get_by_role("combobox", name=label, exact=True))
    page.keyboard.type(letters)


def press(page: Page, name: str) -> None:
    tab_to(page, page.get_by_role("button", name=name, exact=True))
    page.keyboard.press("Enter")


def unfold(page: Page, words: str) -> None:
    tab_to(page, page.locator("summary", has_text=words))
    page.keyboard.press("Enter")


def rows(page: Page, group: str) -> list[str]:
    fields = page.locator(f"[data-rows={group}] [data-rows-list] input[name$=-what]").all()
    return [field.input_value() for field in fields]


def has_no_sideways_scroll(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_the_whole_form_is_filled_and_sent_by_keyboard_on_a_narrow_screen(person, call, theme):
    page = person(viewport=PHONE)
    page.goto("/en/submit/")
    tab_to(page, page.get_by_role("radio", name="Pledge"))
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="Initiative")).to_be_checked()
    page.keyboard.press("ArrowLeft")
    write(page, "Summary", "Volunteers and newcomers drink coffee together.")
    write(page, "What will be done", "We open our hall every Tuesday.")
    choose(page, "Theme", theme.name[:4])
    write(page, "Name of the organisation", "Association of Neighbours")
    choose(page, "Kind of organisation", "Assoc")
    write(page, "Contact person", "Maija Meikäläinen")
    write(page, "E-mail", "maija@example.org")

    unfold(page, "More about it")
    tab_to(page, page.get_by_role("radio", name="The whole country"))
    expect(page.get_by_role("group", name="Which regions?")).to_be_hidden()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    tab_to(page, page.get_by_role("checkbox", name="Kainuu"))
    page.keyboard.press("Space")

    unfold(page, "Actions, needs and offers")
    actions = page.locator("[data-rows=actions]")
    tab_to(page, box(actions, "What will be done"))
    page.keyboard.type("Coffee")
    for words in ("To be removed", "Cake"):
        press(page, "Add an action")
        expect(actions.locator("[data-row]").last.locator("input").first).to_be_focused()
        page.keyboard.type(words)
    tab_to(page, actions.get_by_role("button", name="Remove Action 2"), key="Shift+Tab")
    page.keyboard.press("Enter")
    assert rows(page, "actions") == ["Coffee", "Cake"]
    expect(page.get_by_role("button", name="Add an action")).to_be_focused()

    tab_to(page, page.get_by_role("checkbox", name="I am authorised"))
    page.keyboard.press("Space")
    assert has_no_sideways_scroll(page)
    press(page, "Send and confirm by e-mail")

    expect(page.locator("#error-summary")).to_be_focused()
    assert not Submission.objects.exists()
    tab_to(page, page.get_by_role("link", name="Write a title."))
    page.keyboard.press("Enter")
    expect(box(page, "Title")).to_be_focused()
    assert has_no_sideways_scroll(page)
    page.keyboard.type("A language café every Tuesday")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="One step left")).to_be_visible()
    version = Submission.objects.get().latest
    assert (version.title, version.theme) == ("A language café every Tuesday", theme)
    assert list(version.regions.values_list("name_fi", flat=True)) == ["Kainuu"]
    assert list(version.actions.values_list("what", flat=True)) == ["Coffee", "Cake"]


def test_without_scripts_rows_are_added_and_removed_with_everything_typed_kept(person, call):
    page = person(java_script_enabled=False)
    page.goto("/en/submit/?kind=pledge")
    box(page, "Title").fill("A language café")
    page.locator("#rows > summary").click()
    actions = page.locator("[data-rows=actions]")
    for number, words in enumerate(["Coffee", "Cake", "Tea"]):
        if number:
            actions.get_by_role("button", name="Add an action").click()
            expect(actions.locator("[data-row]")).to_have_count(number + 1)
            assert page.url.endswith(f"#id_actions-{number}-what")
        box(actions, "What will be done").nth(number).fill(words)
    actions.get_by_role("button", name="Remove Action 2").click()
    expect(actions.locator("[data-row]")).to_have_count(2)
    assert rows(page, "actions") == ["Coffee", "Tea"]
    assert box(page, "Title").input_value() == "A language café"
    expect(page.locator("#error-summary")).to_have_count(0)
    assert not Submission.objects.exists()


def test_without_scripts_enter_in_a_field_sends_the_form(person, call):
    page = person(java_script_enabled=False)
    page.goto("/en/submit/")
    box(page, "Title").fill("A language café")
    box(page, "Title").press("Enter")
    expect(page.locator("#error-summary")).to_be_visible()
