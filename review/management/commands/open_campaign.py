from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from review.opening import open_campaign


class Command(BaseCommand):
    help = "Makes a campaign and, on a portal without pages, its standard pages in three languages. Changes nothing that is there."

    def add_arguments(self, parser) -> None:
        parser.add_argument("slug", help="the campaign's address, such as kotolupaus-2027")
        parser.add_argument(
            "--name", required=True, help="in every language, until it is translated in the admin"
        )
        parser.add_argument("--organiser", required=True, help="who speaks, such as a ministry")
        parser.add_argument("--prefix", required=True, help="of the references, one to four capitals")

    def handle(self, *, slug: str, name: str, organiser: str, prefix: str, **options) -> None:
        try:
            campaign = open_campaign(slug, name=name, organiser=organiser, prefix=prefix)
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
        self.stdout.write(f"{campaign} is there, and so are its pages; enter its dates at /admin/campaigns/.")
