import logging

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from campaign.models import Campaign
from review.demo.loading import STAGES, load


class Command(BaseCommand):
    help = "Loads the demo: an earlier campaign that is complete, and the current one at the phase you name."

    def add_arguments(self, parser):
        parser.add_argument(
            "--at", choices=STAGES, default=STAGES[0], help="the phase that is on (default: %(default)s)"
        )

    def handle(self, *args, **options):
        if not settings.DEMO_ALLOWED:
            raise CommandError("The demo has known passwords and is not loaded under production settings.")
        campaign = self._load_quietly(options["at"])
        self.stdout.write(f"The demo is loaded; {campaign} is at its {options['at']}.")

    def _load_quietly(self, stage: str) -> Campaign:
        """Without the hundreds of lines that Wagtail logs of published pages."""
        before = logging.root.manager.disable
        logging.disable(logging.INFO)
        try:
            return load(stage, at=timezone.now())
        finally:
            logging.disable(before)
