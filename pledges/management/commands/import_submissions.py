"""`python manage.py import_submissions FILE --by coordinator@example.org --map title=Otsikko --set kind=initiative`"""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation

from campaign.models import Campaign
from home.models import User
from pledges import importing
from pledges.actors import may_screen
from pledges.tables import Unreadable, read


class Command(BaseCommand):
    help = "Imports submissions from a CSV or XLSX file: all rows, or none where a single one has a problem."

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--by", required=True, help="the e-mail address of the coordinator who vouches for it"
        )
        parser.add_argument("--campaign", help="the campaign's address (slug); the current one unless told")
        parser.add_argument(
            "--map",
            action="append",
            default=[],
            metavar="FIELD=COLUMN",
            help="the column of a field; columns named like a field need none",
        )
        parser.add_argument(
            "--set", action="append", default=[], metavar="FIELD=VALUE", help="the same value in every row"
        )
        parser.add_argument("--language", default="fi", choices=[code for code, _name in settings.LANGUAGES])
        parser.add_argument(
            "--shorten",
            action="store_true",
            help="cut titles and summaries that are too long; the whole goes first into the description",
        )
        parser.add_argument("--dry-run", action="store_true", help="only list the problems")

    def handle(self, *, file: Path, by: str, language: str, shorten: bool, dry_run: bool, **options) -> None:
        user = User.objects.filter(email__iexact=by).first()
        if user is None or not may_screen(user):
            raise CommandError(f"{by} is not a coordinator.")
        campaign = self.campaign(options["campaign"])
        at = timezone.now()
        try:
            table = read(file.read_bytes())
        except (OSError, Unreadable) as error:
            raise CommandError(str(error)) from error
        plan = importing.Plan(
            columns=importing.guessed(table) | self.pairs(options["map"], known=table.columns),
            constants=self.pairs(options["set"]),
            language=language,
            shortens=shorten,
        )
        with translation.override("en"):
            checked = importing.check(table, plan, campaign=campaign, at=at)
            for problem in checked.problems:
                self.stderr.write(str(problem))
            if checked.problems:
                raise CommandError(f"{len(checked.problems)} problems; nothing was imported.")
            if dry_run:
                self.stdout.write(f"{len(checked.forms)} rows without a problem; nothing was written.")
                return
            written = importing.write(checked, campaign=campaign, by=user, at=at)
        self.stdout.write(f"{len(written)} submissions wait for screening.")

    def campaign(self, slug: str | None) -> Campaign:
        found = Campaign.objects.filter(slug=slug).first() if slug else Campaign.objects.current()
        if found is None:
            raise CommandError(f"There is no campaign {slug}." if slug else "There is no current campaign.")
        return found

    def pairs(self, typed: list[str], *, known: list[str] | None = None) -> dict[str, str]:
        """FIELD=… pairs as a mapping. Raises CommandError for what is no field, and for a column that is not there."""
        pairs = {}
        for each in typed:
            name, sign, value = each.partition("=")
            if not sign or name not in importing.fields():
                raise CommandError(f"{each}: write FIELD=…, with one of {', '.join(importing.fields())}.")
            if known is not None and value not in known:
                raise CommandError(f"There is no column {value}. There are: {', '.join(known)}.")
            pairs[name] = value
        return pairs
