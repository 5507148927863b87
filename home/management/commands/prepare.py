import logging

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction


class Command(BaseCommand):
    help = "Brings the database up to date and loads the demo into one that is new."

    def handle(self, *args, **options):
        call_command("migrate", interactive=False, verbosity=0)
        if get_user_model().objects.exists():
            return
        self.stdout.write("Loading the demo campaign ...")
        self.stdout.flush()
        logging.disable(logging.INFO)  # a line for each of its pages and mails would say nothing here
        try:
            # All or nothing: a demo that was interrupted is loaded again at the next start.
            with transaction.atomic():
                call_command("demo", stdout=self.stdout)
        finally:
            logging.disable(logging.NOTSET)
