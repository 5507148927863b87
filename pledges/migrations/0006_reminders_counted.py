from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("pledges", "0005_partners_found_by_address_and_asked_to_lead")]

    operations = [
        migrations.AddField(
            model_name="participation",
            name="reminders",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="reminders"),
        ),
    ]
