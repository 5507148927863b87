"""Signed links to forms that are not sent yet: "unsent" opens the form, "quiet" ends its reminders.

They carry the form's id and its `link_key`, so that a new key makes every link worthless at once.
"""

from django.core import signing
from django.urls import reverse
from django.utils import translation

from home.addresses import absolute
from pledges import links
from pledges.models import UnsentForm

UNSENT, QUIET = "unsent", "quiet"


def token(form: UnsentForm, scope: str) -> str:
    return _signer(scope).sign_object([form.pk, form.link_key])


def opened(text: str, scope: str) -> UnsentForm | None:
    """The form that a token opens; None when it is wrong, of another scope or replaced, or the form is gone."""
    try:
        pk, link_key = _signer(scope).unsign_object(text)
    except (signing.BadSignature, ValueError):
        return None
    return UnsentForm.objects.select_related("submission").filter(pk=pk, link_key=link_key).first()


def path(form: UnsentForm) -> str:
    """Where a form goes on, in the reader's language: on its own page, or where its submission is changed."""
    if form.submission:
        return reverse("own_edit", kwargs={"token": links.token(form.submission, links.OWN)})
    return reverse("unsent", kwargs={"token": token(form, UNSENT)})


def compare_path(form: UnsentForm) -> str:
    """Where the texts of several tabs stand side by side."""
    if form.submission:
        return reverse("own_edit_compare", kwargs={"token": links.token(form.submission, links.OWN)})
    return reverse("unsent_compare", kwargs={"token": token(form, UNSENT)})


def care_path(form: UnsentForm) -> str:
    """Where a link is replaced and a form thrown away."""
    return reverse("unsent_care", kwargs={"token": token(form, UNSENT)})


def url(form: UnsentForm, language: str) -> str:
    with translation.override(language):
        return absolute(path(form))


def quiet_url(form: UnsentForm, language: str) -> str:
    with translation.override(language):
        return absolute(reverse("unsent_quiet", kwargs={"token": token(form, QUIET)}))


def _signer(scope: str) -> signing.Signer:
    return signing.Signer(salt=f"pledges.unsent.{scope}")
