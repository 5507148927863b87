from .campaign import Campaign, Phase, Theme
from .geography import Municipality, Region
from .programme import Programme, ProgrammeEntry, ProgrammeEntryText, ProgrammeRelease, ReleasedEntry
from .public import FacetCount, PublicAward, PublicItem
from .report import Report
from .stream import StreamItem

__all__ = [
    "Campaign",
    "FacetCount",
    "Municipality",
    "Phase",
    "Programme",
    "ProgrammeEntry",
    "ProgrammeEntryText",
    "ProgrammeRelease",
    "PublicAward",
    "PublicItem",
    "Region",
    "ReleasedEntry",
    "Report",
    "StreamItem",
    "Theme",
]
