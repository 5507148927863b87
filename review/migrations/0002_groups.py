"""The three groups of staff and their rights. Editors extends the group that Wagtail makes under that name."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

COORDINATORS, REVIEWERS, EDITORS = "Coordinators", "Reviewers", "Editors"

RIGHTS = {
    COORDINATORS: (
        "wagtailadmin.access_admin",
        "pledges.screen_submission",
        "pledges.view_submission",
        "pledges.view_version",
        "pledges.view_organisation",
        "pledges.view_participation",
        "pledges.view_consent",
        "pledges.view_consentwording",
        "pledges.add_consentwording",
        "campaign.view_campaign",
        "campaign.add_campaign",
        "campaign.change_campaign",
        "campaign.view_region",
        "campaign.view_municipality",
        "campaign.view_publicitem",
        "campaign.view_report",
        "campaign.change_report",
        "campaign.view_programme",
        "campaign.change_programme",
        "campaign.view_programmerelease",
        "campaign.add_programmerelease",
        "review.view_criterion",
        "review.add_criterion",
        "review.change_criterion",
        "review.delete_criterion",
        "review.view_awardcategory",
        "review.add_awardcategory",
        "review.change_awardcategory",
        "review.delete_awardcategory",
        "review.view_assignment",
        "review.add_assignment",
        "review.delete_assignment",
        "review.view_review",
        "review.view_conflictofinterest",
        "review.delete_conflictofinterest",
        "review.view_decision",
        "review.add_decision",
        "review.view_award",
        "review.add_award",
        "home.view_mail",
        "home.change_sitesettings",
    ),
    REVIEWERS: ("review.add_review", "review.add_conflictofinterest"),
    EDITORS: (
        "wagtailadmin.access_admin",
        "wagtail_localize.submit_translation",
        "campaign.view_programme",
        "campaign.change_programme",
    ),
}
ON_EVERY_PAGE = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page")
IN_EVERY_COLLECTION = (
    "wagtailimages.add_image",
    "wagtailimages.change_image",
    "wagtailimages.choose_image",
    "wagtaildocs.add_document",
    "wagtaildocs.change_document",
    "wagtaildocs.choose_document",
)


OURS = ("home", "campaign", "pledges", "review")


def make_permissions(apps):
    """Write our permissions, which Django itself would only write after all migrations; Wagtail's are there."""
    for label in OURS:
        config = apps.get_app_config(label)
        config.models_module = True
        create_permissions(config, apps=apps, verbosity=0)
        config.models_module = None


def permission(apps, right):
    label, codename = right.split(".")
    return apps.get_model("auth.Permission").objects.get(content_type__app_label=label, codename=codename)


def make_groups(apps, schema_editor):
    make_permissions(apps)
    for name, rights in RIGHTS.items():
        group, _created = apps.get_model("auth.Group").objects.get_or_create(name=name)
        group.permissions.add(*(permission(apps, right) for right in rights))
    editors = apps.get_model("auth.Group").objects.get(name=EDITORS)
    open_pages(apps, editors)
    open_collections(apps, editors)


def open_pages(apps, group):
    root = apps.get_model("wagtailcore.Page").objects.get(depth=1)
    rights = apps.get_model("wagtailcore.GroupPagePermission").objects
    for codename in ON_EVERY_PAGE:
        right = permission(apps, f"wagtailcore.{codename}")
        rights.get_or_create(group=group, page=root, permission=right)


def open_collections(apps, group):
    root = apps.get_model("wagtailcore.Collection").objects.get(depth=1)
    rights = apps.get_model("wagtailcore.GroupCollectionPermission").objects
    for right in IN_EVERY_COLLECTION:
        rights.get_or_create(group=group, collection=root, permission=permission(apps, right))


def unmake_groups(apps, schema_editor):
    """Remove our groups; leave Wagtail's own Editors with what Wagtail gave it."""
    groups = apps.get_model("auth.Group").objects
    groups.filter(name__in=[COORDINATORS, REVIEWERS]).delete()
    editors = groups.filter(name=EDITORS).first()
    if editors is None:
        return
    added = [right for right in RIGHTS[EDITORS] if right != "wagtailadmin.access_admin"]
    editors.permissions.remove(*(permission(apps, right) for right in added))
    apps.get_model("wagtailcore.GroupPagePermission").objects.filter(
        group=editors, permission__codename__in=["publish_page", "lock_page", "unlock_page"]
    ).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0002_pictures_and_settings"),
        ("review", "0001_initial"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("wagtaildocs", "0011_add_choose_permissions"),
        ("wagtailimages", "0023_add_choose_permissions"),
        ("wagtail_localize", "0006_create_submit_translation_permission"),
    ]

    operations = [migrations.RunPython(make_groups, unmake_groups)]
