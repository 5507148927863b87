from django.core.management.base import BaseCommand
from django.utils import timezone

from home.delivery import try_again


class Command(BaseCommand):
    help = "Puts the mails that were given up back into the queue, once their cause is mended."

    def handle(self, **options) -> None:
        self.stdout.write(f"{try_again(timezone.now())} mails are waiting again.")
