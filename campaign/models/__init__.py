from .campaign import Campaign, Phase, Theme
from .extension import Extension
from .geography import Municipality, Region
from .mandate import Mandate
from .news import NewsIndexPage, NewsPage
from .programme import Programme, ProgrammeEntry, ProgrammeEntryText, ProgrammeRelease, ReleasedEntry
from .public import FacetCount, PublicAward, PublicFile, PublicItem
from .report import Report
from .stream import StreamItem

# isort: split
# These show what the models above hold, by way of the modules that read them.
from .pages import AwardsPage, CampaignPage, HashtagPage, ProgrammePage

__all__ = [
    "AwardsPage",
    "CampaignPage",
    "Campaign",
    "Extension",
    "FacetCount",
    "HashtagPage",
    "Mandate",
    "Municipality",
    "NewsIndexPage",
    "NewsPage",
    "Phase",
    "Programme",
    "ProgrammeEntry",
    "ProgrammeEntryText",
    "ProgrammeRelease",
    "ProgrammePage",
    "PublicAward",
    "PublicFile",
    "PublicItem",
    "Region",
    "ReleasedEntry",
    "Report",
    "StreamItem",
    "Theme",
]
