"""The form, its receipt, and the pages behind signed links."""

from django.urls import path

from pledges import views

urlpatterns = [
    path("submit/", views.submit, name="submit"),
    path("submit/keep/", views.keep, name="keep"),
    path("submit/kept/<str:token>/", views.unsent, name="unsent"),
    path("submit/kept/<str:token>/care/", views.unsent_care, name="unsent_care"),
    path("submit/kept/<str:token>/compare/", views.unsent_compare, name="unsent_compare"),
    path("submit/quiet/<str:token>/", views.unsent_quiet, name="unsent_quiet"),
    path("submit/sent/", views.sent, name="sent"),
    path("organisations/", views.known_organisation, name="known_organisation"),
    path("confirm/<str:token>/", views.confirm, name="confirm"),
    path("mine/", views.mine, name="mine"),
    path("mine/<str:token>/", views.own, name="own"),
    path("mine/<str:token>/deadline.ics", views.own_calendar, name="own_calendar"),
    path("mine/<str:token>/edit/", views.edit, name="own_edit"),
    path("mine/<str:token>/edit/keep/", views.keep_edit, name="own_edit_keep"),
    path("mine/<str:token>/edit/compare/", views.compare_edit, name="own_edit_compare"),
    path("mine/<str:token>/consents/", views.consents, name="own_consents"),
    path("mine/<str:token>/people/", views.people, name="own_people"),
    path("mine/<str:token>/files/", views.own_files, name="own_files"),
    path("mine/<str:token>/files/<int:file>/", views.own_file, name="own_file"),
    path("mine/<str:token>/files/<int:file>/content/", views.own_file_content, name="own_file_content"),
    path("mine/<str:token>/files/<int:file>/move/", views.move_own_file, name="move_own_file"),
    path("mine/<str:token>/files/<int:file>/remove/", views.remove_own_file, name="remove_own_file"),
    path("mine/<str:token>/new-link/", views.new_link, name="own_new_link"),
    path("mine/<str:token>/partners/", views.own_partners, name="own_partners"),
    path("mine/<str:token>/translations/", views.translations, name="own_translations"),
    path("mine/<str:token>/translations/<str:language>/", views.translation, name="own_translation"),
    path("mine/<str:token>/receipt.pdf", views.receipt_pdf, name="own_receipt"),
    path("mine/<str:token>/renew/", views.renew_submission, name="own_renew"),
    path("mine/<str:token>/withdraw/", views.withdraw, name="own_withdraw"),
    path("partner/<str:token>/", views.partner, name="partner"),
    path("partner/<str:token>/files/<int:file>/", views.partner_file, name="partner_file"),
    path("partner/<str:token>/lead/", views.partner_lead, name="partner_lead"),
    path("pledges/<str:reference>/join/", views.join, name="join"),
]
