"""The desk's addresses."""

from django.urls import path

from review.views import (
    access,
    awards,
    decisions,
    erasure,
    home,
    organisations,
    programme,
    queue,
    ranking,
    screening,
    spam,
    submission,
)

app_name = "desk"

urlpatterns = [
    path("", home.home, name="home"),
    path("campaign/", home.choose_campaign, name="choose_campaign"),
    path("language/", home.choose_language, name="choose_language"),
    path("queue/", queue.queue, name="queue"),
    path("queue/next/", queue.next_review, name="next"),
    path("queue/<str:reference>/", queue.review, name="review"),
    path("submissions/", screening.submissions, name="submissions"),
    path("submissions/assign/", screening.assign_checked, name="assign_checked"),
    path("submissions/checked/", spam.act_on_checked, name="act_on_checked"),
    path("submissions/<str:reference>/", submission.submission, name="submission"),
    path("submissions/<str:reference>/late/", access.give_more_time, name="give_more_time"),
    path("submissions/<str:reference>/links/", access.renew_links, name="renew_links"),
    path("submissions/<str:reference>/text/", submission.pass_text, name="pass_text"),
    path("submissions/<str:reference>/assign/", submission.assign_here, name="assign"),
    path("submissions/<str:reference>/unassign/", submission.unassign_here, name="unassign"),
    path("submissions/<str:reference>/conflict/", submission.conflict, name="conflict"),
    path("submissions/<str:reference>/reports/", submission.handle_reports, name="handle_reports"),
    path("submissions/<str:reference>/erase/", erasure.erase, name="erase"),
    path("submissions/<str:reference>/decision/", decisions.decide_one, name="decide"),
    path("submissions/<str:reference>/decision/undo/", decisions.undo, name="undo_decision"),
    path("organisations/", organisations.overview, name="organisations"),
    path("organisations/merge/", organisations.merge, name="merge_organisations"),
    path("organisations/<int:organisation>/part/", organisations.part_again, name="part_organisation"),
    path("ranking/", ranking.ranking, name="ranking"),
    path("decisions/", decisions.overview, name="decisions"),
    path("decisions/checked/", decisions.decide_checked, name="decide_checked"),
    path("decisions/release/", decisions.release, name="release_decisions"),
    path("decisions/consents/", decisions.ask_for_consents, name="ask_for_consents"),
    path("awards/", awards.overview, name="awards"),
    path("awards/announce/", awards.announce, name="announce_awards"),
    path("awards/<int:award>/back/", awards.take_back, name="take_back_award"),
    path("programme/", programme.overview, name="programme"),
    path("programme/compile/", programme.compile_draft, name="compile_programme"),
    path("programme/release/", programme.release, name="release_programme"),
    path("programme/<str:entry>/", programme.texts, name="programme_texts"),
    path("programme/<str:entry>/place/", programme.place, name="place_entry"),
]
