from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("review", "0009_reasons_from_phrases_and_corrections"),
    ]

    operations = [
        migrations.AddField(
            model_name="award",
            name="owns_picture",
            field=models.BooleanField(default=False, editable=False),
        ),
    ]
