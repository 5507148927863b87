from django.db import migrations, models
from django.db.models import F, Value
from django.db.models.functions import Coalesce, NullIf

CODES = ("fi", "en", "sv")  # in the order in which one stands in for another


def keep_as_finnish(apps, schema_editor):
    """So far there was one text, and every reader got it; the portal's default language is Finnish."""
    apps.get_model("home", "Picture").objects.update(description_fi=F("description"))


def keep_one(apps, schema_editor):
    texts = [NullIf(F(f"description_{code}"), Value("")) for code in CODES]
    apps.get_model("home", "Picture").objects.update(description=Coalesce(*texts, F("description")))


def text(code):
    field = models.CharField(
        help_text="What the picture shows, for people who do not see it.",
        max_length=255,
        null=True,
        verbose_name="text alternative",
    )
    return migrations.AddField(model_name="picture", name=f"description_{code}", field=field)


class Migration(migrations.Migration):
    dependencies = [("home", "0004_pages")]

    operations = [
        *map(text, CODES),
        migrations.RunPython(keep_as_finnish, keep_one),
    ]
