from django.db import migrations, models
from django.db.models.functions import Lower


class Migration(migrations.Migration):
    dependencies = [("pledges", "0004_unsent_tabs_and_reminders")]

    operations = [
        migrations.AddField(
            model_name="participation",
            name="lead_offered_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="lead offered"),
        ),
        migrations.AddIndex(
            model_name="participation",
            index=models.Index(
                Lower("contact_email"),
                condition=models.Q(("contact_email", ""), _negated=True),
                name="participation_by_email",
            ),
        ),
    ]
