"""How allauth serves the portal's staff."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from home.mail import queue
from home.models import User
from home.models.user import COORDINATORS, JURORS, OBSERVERS, REVIEWERS


class StaffAccountAdapter(DefaultAccountAdapter):
    """Accounts are made by an administrator; nobody signs up, and nothing is mailed inside a request."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("This e-mail address and this password do not belong together."),
        "enter_current_password": _("This is not your current password."),
        "incorrect_password": _("This is not your password."),
        "incorrect_code": _("This code is not right, or no longer."),
        "too_many_login_attempts": _("Too many attempts failed. Wait some minutes and try again."),
        "rate_limited": _("Too many attempts. Wait some minutes and try again."),
        "unknown_email": _("There is no account with this e-mail address."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """To one's work: the desk, or the pages."""
        user = request.user
        if user.groups.filter(name__in=[COORDINATORS, REVIEWERS, OBSERVERS, JURORS]).exists():
            return "/desk/"
        if user.has_perm("wagtailadmin.access_admin"):
            return reverse("wagtailadmin_home")
        return reverse("account")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account")

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        """The link in `context` is thrown away: the letter makes its own when it is sent."""
        at = timezone.now()
        key = f"password_reset:{user.pk}:{at:%Y%m%d%H%M}"
        queue("password_reset", key=key, language=user.language, at=at, user=user.pk)

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        raise NotImplementedError(f"{template_prefix} is not a letter of the mail ledger (home/emails.py).")


class StaffMFAAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This code is not right, or no longer."),
    }
