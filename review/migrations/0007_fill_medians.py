"""Fill the medians of the standings that were stored before there were any."""

from decimal import ROUND_HALF_UP, Decimal
from statistics import median

from django.db import migrations
from django.db.models import Exists, OuterRef


def fill(apps, schema_editor):
    conflicts = apps.get_model("review.ConflictOfInterest").objects.filter(
        submission=OuterRef("submission"), person=OuterRef("reviewer"), lifted_at__isnull=True
    )
    handed_in = apps.get_model("review.Review").objects.filter(handed_in_at__isnull=False)
    totals = {}
    for pk, total in handed_in.exclude(Exists(conflicts)).values_list("submission", "total").iterator():
        totals.setdefault(pk, []).append(total)
    standings = apps.get_model("review.Standing").objects
    rows = [row for row in standings.all() if row.submission_id in totals]
    for row in rows:
        row.median = median(totals[row.submission_id]).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    standings.bulk_update(rows, ["median"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("review", "0006_groups_of_the_review")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
