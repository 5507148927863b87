"""What forms say about wrong input, on every form of the portal."""

import re

import pytest
from django import forms

import campaign.forms
import home.forms
import pledges.forms
import pledges.rows
import review.forms
from home.models import FeedbackPage
from home.models.feedback import FeedbackField
from home.wording import Worded

FRAMEWORKS = re.compile(r"Ensure |This field|[Ee]nter a|Select a|is not one of|\bEmail\b")
MODULES = (campaign.forms, home.forms, pledges.forms, pledges.rows, review.forms)
FORMS = sorted(
    {
        form
        for module in MODULES
        for form in vars(module).values()
        if isinstance(form, type) and issubclass(form, forms.BaseForm)
    },
    key=lambda form: form.__name__,
)


class Everything(Worded, forms.Form):
    """One field of each kind, and input that each of them refuses."""

    name = forms.CharField(label="Name", max_length=3, min_length=2)
    nothing = forms.CharField(label="100 % of it")
    short = forms.CharField(label="100 % of it", min_length=5)
    odd = forms.CharField(label="Odd")
    address = forms.EmailField(label="E-mail")
    site = forms.URLField(label="Website", assume_scheme="https")
    theme = forms.ChoiceField(label="Theme", choices=[("a", "A")])
    unchosen = forms.ChoiceField(label="Kind", choices=[("a", "A")])
    themes = forms.MultipleChoiceField(label="Themes", choices=[("a", "A")])
    yes = forms.BooleanField(label="I agree")
    number = forms.IntegerField(label="Number")
    large = forms.IntegerField(label="Points", max_value=5)
    small = forms.IntegerField(label="Points", min_value=1)
    amount = forms.DecimalField(label="Amount", max_digits=4, decimal_places=1)
    fine = forms.DecimalField(label="Amount", max_digits=9, decimal_places=1)
    day = forms.DateField(label="Day")
    moment = forms.DateTimeField(label="Moment")


WRONG = {
    "name": "Lupaus",
    "short": "five",
    "odd": "a\0b",
    "address": "x",
    "site": "not a site",
    "theme": "b",
    "themes": ["b"],
    "number": "x",
    "large": "6",
    "small": "0",
    "amount": "12345.5",
    "fine": "1.23",
    "day": "x",
    "moment": "x",
}


def test_every_kind_of_field_says_what_is_wrong_in_our_words_and_names_itself():
    assert {name: list(errors) for name, errors in Everything(WRONG).errors.items()} == {
        "name": ["“Name” has 6 characters; at most 3 fit."],
        "nothing": ["Fill in the field “100 % of it”."],
        "short": ["“100 % of it” has 4 characters; it takes at least 5."],
        "odd": ["“Odd” holds a character that cannot be kept."],
        "address": ["This is not a whole e-mail address, such as name@example.org."],
        "site": ["This is not a whole web address, such as https://example.org."],
        "theme": ["Choose something that stands in the list “Theme”."],
        "unchosen": ["Choose something in “Kind”."],
        "themes": ["Choose something that stands in the list “Themes”."],
        "yes": ["Tick the box “I agree”."],
        "number": ["This is not a whole number, such as 20."],
        "large": ["“Points” may be 5 at most."],
        "small": ["“Points” must be 1 at least."],
        "amount": ["“Amount” has too many digits; at most 4 fit."],
        "fine": ["“Amount” has too many decimals; at most 1 fit."],
        "day": ["This is not a date, such as 2027-01-31 or 31.1.2027."],
        "moment": ["This is not a day with an hour, such as 31.1.2027 16.00."],
    }


def test_a_field_with_words_of_its_own_keeps_them():
    class Form(Worded, forms.Form):
        title = forms.CharField(error_messages={"required": "Write a title."})

    assert list(Form({}).errors["title"]) == ["Write a title."]


def test_one_form_s_words_stay_its_own():
    Everything(WRONG).is_valid()
    assert Everything.base_fields["nothing"].error_messages["required"] == "This field is required."


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
def test_every_form_of_the_portal_speaks_in_our_words(form):
    assert issubclass(form, Worded)


@pytest.mark.django_db
def test_the_form_that_an_editor_composes_speaks_in_our_words():
    page = FeedbackPage(title="Contact")
    page.form_fields = [
        FeedbackField(label="Message", clean_name="message", field_type="multiline"),
        FeedbackField(label="E-mail", clean_name="e_mail", field_type="email"),
    ]
    assert page.get_form({"e_mail": "x"}).errors == {
        "message": ["Fill in the field “Message”."],
        "e_mail": ["This is not a whole e-mail address, such as name@example.org."],
    }


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "typed"),
    [
        ("/accounts/login/", {}),
        ("/accounts/login/", {"login": "x", "password": "y"}),
        ("/accounts/login/", {"login": "nobody@example.org", "password": "y"}),
        ("/accounts/password/reset/", {}),
        ("/accounts/password/reset/", {"email": "x"}),
        ("/en/mine/", {"contact_email": ""}),
        ("/en/mine/", {"contact_email": "x"}),
    ],
)
def test_small_forms_ask_for_an_e_mail_in_one_spelling_and_promise_nothing(client, campaign, address, typed):
    page = client.post(address, typed, headers={"accept-language": "en"}).content.decode()
    summary = re.search(r'<div class="error-summary".*?</div>', page, re.DOTALL)[0]
    assert re.search(r"<h2>Check (this field|what you wrote)</h2>", summary)
    assert "Nothing that you wrote is lost" not in page
    assert not FRAMEWORKS.search(re.sub(r"<[^>]*>", "", page))
