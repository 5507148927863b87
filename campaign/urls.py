"""The public side: unprefixed for the current campaign, under c/<campaign>/ for the others."""

from django.urls import URLPattern, URLResolver, path

from campaign.feeds import feed_atom, feed_json, feed_rss
from campaign.views import badges, dates, reports, rounds, similar, submissions

urlpatterns: list[URLPattern | URLResolver] = [
    path("pledges/", submissions.submissions, name="submissions"),
    path("pledges/similar/", similar.similar_ones, name="similar"),
    path("pledges/<str:reference>/", submissions.submission, name="submission"),
    path("pledges/<str:reference>/badge.svg", badges.badge, name="badge"),
    path("pledges/<str:reference>/documents/<int:file>/", submissions.document, name="document"),
    path("pledges/<str:reference>/report/", reports.report, name="report"),
    path("pledges/<str:reference>/<str:slug>/", submissions.submission, name="submission"),
    path("dates.ics", dates.dates, name="dates"),
    path("feed/atom.xml", feed_atom, name="feed_atom"),
    path("feed/rss.xml", feed_rss, name="feed_rss"),
    path("feed/feed.json", feed_json, name="feed_json"),
    path("c/<slug:campaign>/", rounds.front_page, name="campaign_front"),
    path("c/<slug:campaign>/pledges/", submissions.submissions, name="campaign_submissions"),
    path("c/<slug:campaign>/pledges/<str:reference>/", submissions.submission, name="campaign_submission"),
    path(
        "c/<slug:campaign>/pledges/<str:reference>/<str:slug>/",
        submissions.submission,
        name="campaign_submission",
    ),
    path("c/<slug:campaign>/dates.ics", dates.dates, name="campaign_dates"),
    path("c/<slug:campaign>/programme/", rounds.programme_page, name="campaign_programme"),
    path("c/<slug:campaign>/awards/", rounds.awards_page, name="campaign_awards"),
    path("c/<slug:campaign>/feed/", rounds.feed_page, name="campaign_feed"),
    path("c/<slug:campaign>/feed/atom.xml", feed_atom, name="campaign_feed_atom"),
    path("c/<slug:campaign>/feed/rss.xml", feed_rss, name="campaign_feed_rss"),
    path("c/<slug:campaign>/feed/feed.json", feed_json, name="campaign_feed_json"),
]
