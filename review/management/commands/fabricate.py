from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from campaign.models import Campaign
from review.fabrication.fabricating import fabricate
from review.fabrication.world import NotReady


class Command(BaseCommand):
    help = "Fills the current campaign with made-up submissions, reviews and public copies, for load tests."

    def add_arguments(self, parser):
        parser.add_argument("--submissions", type=int, required=True, help="how many submissions to add")
        parser.add_argument("--reviewers", type=int, default=5, help="among how many (default: %(default)s)")
        parser.add_argument(
            "--reviews",
            type=int,
            help="so many reviews of each that is past the screening (default: of two reviewers, some hand in)",
        )
        parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same mix")

    def handle(self, *args, **options):
        wanted = options["submissions"]
        written = fabricate(
            Campaign.objects.current(),
            submissions=wanted,
            reviewers=options["reviewers"],
            reviews=options["reviews"],
            seed=options["seed"],
            at=timezone.now(),
        )
        try:
            for done in written:
                self.stdout.write(f"{done} of {wanted}", ending="\n" if done == wanted else "\r")
        except NotReady as reason:
            raise CommandError(str(reason)) from reason
