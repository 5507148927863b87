from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Brings the database up to date and loads the demo into one that is new."

    def handle(self, *args, **options):
        call_command("migrate", interactive=False, verbosity=0)
        if get_user_model().objects.exists():
            return
        self.stdout.write("Loading the demo campaign ...")
        self.stdout.flush()
        call_command("demo", stdout=self.stdout)
