"""Addresses: the desk and machine addresses without a language, the public side under one."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from campaign.sitemaps import sitemap
from home.views import admin_sign_in
from review.views.site_history import site_history

media = re_path(r"^media/(?P<path>.*)$", serve, {"document_root": settings.MEDIA_ROOT})

urlpatterns = [
    path("", include("home.urls")),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("desk/", include("review.urls")),
    path("accounts/", include("home.accounts")),
    # The staff sign-in knows a second factor; Wagtail's own would let a password alone pass.
    path("admin/login/", admin_sign_in, name="admin_sign_in"),
    # Wagtail's own report of what was done knows of no conflict of interest.
    path("admin/reports/site-history/", site_history),
    path("admin/reports/site-history/results/", site_history, {"results_only": True}),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    *([media] if settings.SERVE_MEDIA else []),
    *i18n_patterns(
        path("", include("pledges.urls")),
        path("", include("campaign.urls")),
        path("", include(wagtail_urls)),
    ),
]
