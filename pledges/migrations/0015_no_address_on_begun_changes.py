from django.db import migrations, models


def forget_addresses(apps, schema_editor):
    """Letters about a change go to its submission's contact person. What was copied from there is not brought back."""
    forms = apps.get_model("pledges", "UnsentForm").objects
    forms.filter(submission__isnull=False).update(email="")


class Migration(migrations.Migration):
    dependencies = [("pledges", "0014_asked_anew")]

    operations = [
        migrations.RunPython(forget_addresses, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="unsentform",
            constraint=models.CheckConstraint(
                condition=models.Q(("submission", None), ("email", ""), _connector="OR"),
                name="unsent_change_has_no_address",
            ),
        ),
    ]
