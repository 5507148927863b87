from django.db import migrations


def add_row(apps, schema_editor):
    apps.get_model("home", "PublicVersion").objects.get_or_create(pk=1)


class Migration(migrations.Migration):
    dependencies = [("home", "0002_pictures_and_settings")]

    operations = [migrations.RunPython(add_row, migrations.RunPython.noop)]
