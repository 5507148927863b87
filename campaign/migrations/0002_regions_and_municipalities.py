import csv
from datetime import date
from pathlib import Path

from django.db import migrations

DATA = Path(__file__).resolve().parent.parent / "data"


def rows(name):
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def load(apps, schema_editor):
    Region = apps.get_model("campaign", "Region")
    Municipality = apps.get_model("campaign", "Municipality")
    Region.objects.bulk_create(Region(name=row["name_fi"], **row) for row in rows("regions.csv"))
    regions = {region.code: region for region in Region.objects.all()}
    Municipality.objects.bulk_create(
        Municipality(
            code=row["code"],
            name=row["name_fi"],
            name_fi=row["name_fi"],
            name_sv=row["name_sv"],
            name_en=row["name_en"],
            region=regions[row["region"]],
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        )
        for row in rows("municipalities.csv")
    )


def unload(apps, schema_editor):
    """Refused by the database while a record still names one of them."""
    apps.get_model("campaign", "Municipality").objects.all().delete()
    apps.get_model("campaign", "Region").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("campaign", "0001_initial")]

    operations = [migrations.RunPython(load, unload)]
