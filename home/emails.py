"""The letters to staff. Their links are made when they are sent, so the ledger holds no key to an account."""

from datetime import timedelta

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse
from wagtail.contrib.forms.models import FormSubmission

from home.mail import Letter, letter
from home.models import Mail, User


def _link_letter(mail: Mail, template: str) -> Letter | None:
    user = User.objects.filter(pk=mail.data["user"], is_active=True).first()
    if user is None:
        return None
    key = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    context = {
        "user": user,
        "url": settings.SITE_URL + reverse("account_reset_password_from_key", kwargs=key),
        "login_url": settings.SITE_URL + reverse("account_login"),
        "days": timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT).days,
    }
    return Letter(user.email, template, context)


@letter("password_reset")
def password_reset(mail: Mail) -> Letter | None:
    return _link_letter(mail, "password_reset")


@letter("invitation")
def invitation(mail: Mail) -> Letter | None:
    return _link_letter(mail, "invitation")


@letter("feedback")
def feedback(mail: Mail) -> Letter | None:
    """What a visitor wrote through a form page, told to one coordinator."""
    person = User.objects.coordinators().filter(pk=mail.data["person"]).first()
    submission = FormSubmission.objects.select_related("page").filter(pk=mail.data["about"]).first()
    if person is None or submission is None:
        return None
    page = submission.page.specific
    labels = dict(page.get_data_fields())
    answers = [(labels.get(name, name), value) for name, value in submission.form_data.items() if value]
    url = settings.SITE_URL + reverse("wagtailforms:list_submissions", args=[page.pk])
    return Letter(person.email, "feedback", {"page": page, "answers": answers, "url": url})
