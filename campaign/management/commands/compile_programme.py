from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from campaign.models import Campaign
from campaign.programme import compile_programme, missing_languages


class Command(BaseCommand):
    help = "Compiles the draft of a campaign's programme from its selected submissions."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("campaign", help="the campaign's slug")

    def handle(self, *args, campaign: str, **options) -> None:
        found = Campaign.objects.filter(slug=campaign).first()
        if found is None:
            known = ", ".join(Campaign.objects.values_list("slug", flat=True)) or "none"
            raise CommandError(f"There is no campaign {campaign!r}. Campaigns: {known}.")
        done = compile_programme(found, at=timezone.now())
        self.stdout.write(f"{done.added} entries added, {done.removed} removed, {done.kept} kept.")
        for language, entries in missing_languages(found.programme).items():
            if entries:
                self.stdout.write(f"{len(entries)} entries have no text in {language}.")
