"""Observers, who read the whole review and change nothing; jurors, who vote for awards; and what coordinators got."""

from importlib import import_module

from django.db import migrations

groups = import_module("review.migrations.0002_groups")

COORDINATORS, OBSERVERS, JURORS = "Coordinators", "Observers", "Jurors"
ADDED = {
    COORDINATORS: (
        "campaign.view_mandate",
        "campaign.add_mandate",
        "campaign.change_mandate",
        "campaign.delete_mandate",
        "review.view_procedure",
        "review.change_procedure",
        "review.view_reasonphrase",
        "review.add_reasonphrase",
        "review.change_reasonphrase",
        "review.delete_reasonphrase",
        "review.view_meeting",
        "review.add_meeting",
    ),
    OBSERVERS: ("review.observe_review",),
    JURORS: ("review.add_juryvote",),
}


def add_rights(apps, schema_editor):
    groups.make_permissions(apps)
    for name, rights in ADDED.items():
        group, _created = apps.get_model("auth.Group").objects.get_or_create(name=name)
        group.permissions.add(*(groups.permission(apps, right) for right in rights))


def take_rights_back(apps, schema_editor):
    rows = apps.get_model("auth.Group").objects
    rows.filter(name__in=[OBSERVERS, JURORS]).delete()
    coordinators = rows.filter(name=COORDINATORS).first()
    if coordinators:
        coordinators.permissions.remove(*(groups.permission(apps, right) for right in ADDED[COORDINATORS]))


class Migration(migrations.Migration):
    dependencies = [
        ("campaign", "0007_mandates_and_pictures_of_awards"),
        ("home", "0006_single_keys"),
        ("review", "0005_review_desk"),
    ]

    operations = [migrations.RunPython(add_rights, take_rights_back)]
