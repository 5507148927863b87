"""The addresses under /accounts/: of allauth's, only those that staff need.

There is no sign-up and no list of one's own e-mail addresses: accounts are made, and addresses changed, by an
administrator. allauth's templates and views ask for the address of the sign-up, so it leads to the sign-in.
"""

from allauth.account import views as allauth
from django.urls import include, path, re_path
from django.views.generic import RedirectView

from home import resending, views

urlpatterns = [
    path("", views.account, name="account"),
    path("again/", resending.send_again, name="send_again"),
    path("login/", allauth.login, name="account_login"),
    path("logout/", allauth.logout, name="account_logout"),
    path("inactive/", allauth.account_inactive, name="account_inactive"),
    path("signup/", RedirectView.as_view(pattern_name="account_login"), name="account_signup"),
    path("reauthenticate/", allauth.reauthenticate, name="account_reauthenticate"),
    path("password/change/", allauth.password_change, name="account_change_password"),
    path("password/set/", allauth.password_set, name="account_set_password"),
    path("password/reset/", allauth.password_reset, name="account_reset_password"),
    path("password/reset/done/", allauth.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        allauth.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        allauth.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("2fa/", include("allauth.mfa.urls")),
]
