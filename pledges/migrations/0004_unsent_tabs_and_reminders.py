from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("pledges", "0003_together")]

    operations = [
        migrations.AddField(
            model_name="unsentform",
            name="kind",
            field=models.CharField(
                blank=True,
                choices=[("pledge", "Pledge"), ("initiative", "Initiative")],
                max_length=10,
                verbose_name="kind",
            ),
        ),
        migrations.AddField(
            model_name="unsentform",
            name="linked_to",
            field=models.EmailField(blank=True, max_length=254),
        ),
        migrations.AddField(
            model_name="unsentform",
            name="wants_reminders",
            field=models.BooleanField(default=True, verbose_name="reminders"),
        ),
        migrations.RemoveConstraint(model_name="unsenttext", name="unsent_text_once"),
        migrations.AlterModelOptions(
            name="unsenttext",
            options={
                "ordering": ["saved_at", "pk"],
                "verbose_name": "overtaken text",
                "verbose_name_plural": "overtaken texts",
            },
        ),
        migrations.AddField(
            model_name="unsenttext",
            name="saved_by",
            field=models.CharField(default="", max_length=24),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="unsenttext",
            constraint=models.UniqueConstraint(fields=("form", "saved_by"), name="unsent_text_once_a_tab"),
        ),
    ]
