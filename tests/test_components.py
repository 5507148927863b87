"""The partials that every page is built of, rendered with the least they need."""

import re
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.utils import translation

from campaign.house import Plate, house
from campaign.languages import Piece
from campaign.models import Campaign

TEMPLATES = Path(__file__).parent.parent / "templates"
COMPONENTS = sorted((TEMPLATES / "components").glob("*.html"))
PAGES = sorted(path for path in TEMPLATES.rglob("*.html") if "emails" not in path.parts)


class PledgeForm(forms.Form):
    kind = forms.ChoiceField(choices=[("pledge", "Pledge")], widget=forms.RadioSelect)
    summary = forms.CharField(max_length=400, widget=forms.Textarea, help_text="Who does what?")
    authorised = forms.BooleanField()
    key = forms.CharField(widget=forms.HiddenInput, required=False)


class ActionForm(forms.Form):
    what = forms.CharField()


ActionFormSet = forms.formset_factory(ActionForm, extra=2, max_num=5)


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def component(name, **context):
    return render_to_string(f"components/{name}.html", context)


def item(**fields):
    theme = SimpleNamespace(hue="rye", name="Home")
    usual = {
        "title": Piece("Talo", "fi"),
        "summary": Piece("Avoin ovi", "fi"),
        "giver": "Kylä ry",
        "theme": theme,
        "kind": "Pledge",
        "first_regions": ["Kainuu"],
        "awarded": False,
        "selected": False,
        "url": "/en/pledges/X/",
    }
    return SimpleNamespace(**usual | fields)


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.name)
def test_a_component_begins_with_its_parameters(path):
    assert path.read_text().startswith("{% comment %}")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_no_page_holds_inline_style_or_script(path):
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\ssrc=)|javascript:", path.read_text())


@pytest.mark.parametrize("name", ["base.html", "404.html", "500.html"])
def test_a_frame_needs_neither_context_nor_database(name):
    html = render_to_string(name)
    assert html.count("<main") == 1
    assert "css/tokens" in html


def test_the_frame_shows_who_speaks_where_one_is_and_the_languages():
    context = {
        "campaign": SimpleNamespace(name="Kotolupaus", organiser="Ministry"),
        "nav": [{"url": "/en/pledges/", "label": "Pledges", "current": True}],
        "languages": [{"code": "sv", "name": "Svenska", "url": "/sv/loften/", "current": False}],
    }
    html = render_to_string("base.html", context)
    assert "Ministry" in html
    assert (
        html.count('<a href="/en/pledges/" aria-current="page">Pledges</a>') == 2
    )  # the bar's and the menu's
    assert '<a href="/sv/loften/" lang="sv" hreflang="sv">Svenska</a>' in html


def test_the_error_summary_links_every_error_to_its_field():
    actions = ActionFormSet(
        {"a-TOTAL_FORMS": 1, "a-INITIAL_FORMS": 0, "a-0-what": " ", "a-0-DELETE": ""}, prefix="a"
    )
    actions.forms[0].empty_permitted = False
    html = component("error_summary", form=PledgeForm({}), formsets=[actions])
    links = re.findall(r'href="#(\w[\w-]*)"', html)
    assert links == ["id_kind", "id_summary", "id_authorised", "id_a-0-what"]


def test_the_error_summary_shows_what_is_wrong_with_rows_only():
    actions = ActionFormSet({"a-TOTAL_FORMS": 1, "a-INITIAL_FORMS": 0}, prefix="a")
    actions.forms[0].empty_permitted = False
    fine = PledgeForm({"kind": "pledge", "summary": "x", "authorised": "on"})
    assert 'href="#id_a-0-what"' in component("error_summary", form=fine, formsets=[actions])


def test_the_error_summary_is_silent_when_all_is_well():
    fine = PledgeForm({"kind": "pledge", "summary": "x", "authorised": "on"})
    assert component("error_summary", form=fine).strip() == ""


class AddressForm(forms.Form):
    address = forms.CharField(label="Address")


@pytest.mark.parametrize(
    ("form", "short", "heading"),
    [
        (PledgeForm({}), False, "Something needs correcting"),
        (PledgeForm({}), True, "Check what you wrote"),
        (PledgeForm({"kind": "pledge", "summary": "x"}), True, "Check this field"),
        (AddressForm({}), False, "Check this field"),
    ],
)
def test_only_a_long_form_says_that_nothing_is_lost(form, short, heading):
    html = component("error_summary", form=form, short=short)
    assert f"<h2>{heading}</h2>" in html
    assert ("Nothing that you wrote is lost" in html) == (heading == "Something needs correcting")


def test_the_error_summary_speaks_of_links_only_where_there_are_some():
    fine = PledgeForm({"kind": "pledge", "summary": "x", "authorised": "on"})
    fine.add_error(None, "This address is known already.")
    html = component("error_summary", form=fine)
    assert ("Nothing that you wrote is lost." in html, "Follow a link" in html) == (True, False)
    assert "Follow a link" in component("error_summary", form=PledgeForm({}))


def test_a_line_of_the_summary_names_its_field_once():
    form = AddressForm({"address": "x"})
    form.add_error("address", "Fill in the field “Address”.")
    form.add_error("address", "Too short.")
    html = component("error_lines", form=form)
    lines = [line.strip() for line in re.findall(r'<a href="#id_address">(.*?)</a>', html)]
    assert lines == ["Fill in the field “Address”.", "Address: Too short."]


def test_a_field_names_its_hint_and_its_error():
    html = component("field", field=PledgeForm({})["summary"])
    assert 'aria-describedby="id_summary_helptext id_summary_error"' in html
    assert 'id="id_summary_helptext"' in html
    assert 'id="id_summary_error"' in html
    assert 'aria-invalid="true"' in html


def test_a_field_with_a_limit_says_it_without_scripts():
    html = component("field", field=PledgeForm()["summary"])
    assert 'data-counter="id_summary"' in html
    assert "At most 400 characters" in html


def test_choices_are_a_group_that_the_error_summary_can_reach():
    html = component("field", field=PledgeForm({})["kind"])
    assert '<fieldset class="choices is-invalid" id="id_kind" tabindex="-1"' in html
    assert 'for="id_kind_0"' in html


def test_a_hidden_field_stays_hidden():
    assert (
        component("field", field=PledgeForm()["key"]).strip()
        == '<input type="hidden" name="key" id="id_key">'
    )


def test_rows_have_blank_rows_and_a_pattern_for_more():
    html = component("rows", formset=ActionFormSet(prefix="a"), legend="Actions", row_name="Action")
    assert html.count("data-row>") == 3
    assert 'name="a-0-what"' in html
    assert 'name="a-__prefix__-what"' in html


def test_pages_keep_the_other_parameters():
    html = component("pagination", page=Paginator(range(60), 20).page(2), querystring="q=ovi&kind=pledge")
    assert 'rel="prev" href="?q=ovi&amp;kind=pledge&amp;page=1"' in html
    assert 'rel="next" href="?q=ovi&amp;kind=pledge&amp;page=3"' in html


def test_a_single_page_has_no_pages():
    assert component("pagination", page=Paginator([], 20).page(1)).strip() == ""


def test_a_card_marks_the_language_of_what_was_written():
    html = component("card", item=item(), level="h2")
    assert '<h2 class="card-title"><a href="/en/pledges/X/" lang="fi" dir="auto">Talo</a></h2>' in html
    assert "Awarded" not in html


def test_a_card_tells_an_award_in_words():
    assert "Awarded" in component("card", item=item(awarded=True))


@pytest.mark.parametrize(
    ("total", "words"),
    [
        (0, "Every door is still shut"),
        (1, "1 door is lit"),
        (5, "5 doors are lit"),
        (600, "the newest of 600"),
    ],
)
def test_the_facade_says_what_it_shows(total, words):
    doors = [Plate(title="Soup", url="/soup/", hue="rye")] * min(total, 91)
    html = component("facade", house=house(doors, total=total), list_url="/en/pledges/")
    assert words in html
    assert ("Read them as a list" in html) is (total > 0)


def test_the_doors_of_the_facade_are_no_tab_stops():
    doors = [Plate(title="Soup", url="/soup/", hue="rye")] * 5
    html = component("facade", house=house(doors, total=5), list_url="/en/pledges/")
    assert html.count("<a ") - html.count('tabindex="-1"') == 1


def test_the_countdown_names_day_hour_and_zone():
    campaign = Campaign(time_zone="Europe/Helsinki")
    closes_at = datetime(2026, 12, 7, 21, 59, tzinfo=UTC)
    html = component("countdown", closes_at=closes_at, campaign=campaign, left="11 days")
    words = " ".join(re.sub(r"<[^>]+>", " ", html).split())
    assert words == "Open until Mon 7 Dec 2026 at 23.59 Finnish time. Time left: 11 days."


def test_a_closed_call_counts_nothing_down():
    closes_at = datetime(2026, 12, 7, 21, 59, tzinfo=UTC)
    html = component("countdown", closes_at=closes_at, campaign=Campaign(), left="11 days", closed=True)
    assert "The call closed" in html
    assert "left" not in html
