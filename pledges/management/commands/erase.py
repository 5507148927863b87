"""`python manage.py erase KL-4F7K-2Q9C --by coordinator@example.org`"""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from campaign.references import normalise
from home.models import User
from pledges.actors import coordinator, may_screen
from pledges.endings import erase
from pledges.lifecycle import Refused
from pledges.models import Submission


class Command(BaseCommand):
    help = "Empties everything that people wrote of a submission that has ended. It cannot be undone."

    def add_arguments(self, parser) -> None:
        parser.add_argument("reference")
        parser.add_argument(
            "--by", required=True, help="the e-mail address of the coordinator who decided it"
        )

    def handle(self, *, reference: str, by: str, **options) -> None:
        user = User.objects.filter(email__iexact=by).first()
        if user is None or not may_screen(user):
            raise CommandError(f"{by} is not a coordinator.")
        submission = Submission.objects.filter(reference=normalise(reference)).first()
        if submission is None:
            raise CommandError(f"There is no submission {reference}.")
        try:
            erase(submission, by=coordinator(user), at=timezone.now())
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{submission} is erased.")
