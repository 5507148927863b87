"""Small closed sets that the whole portal shares."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    PLEDGE = "pledge", _("Pledge")
    INITIATIVE = "initiative", _("Initiative")


class OrganisationKind(models.TextChoices):
    COMPANY = "company", _("Company")
    MUNICIPALITY = "municipality", _("Municipality")
    AUTHORITY = "authority", _("Public authority")
    ASSOCIATION = "association", _("Association")
    RELIGIOUS = "religious", _("Religious community")
    EDUCATION = "education", _("Educational institution")
    INFORMAL = "informal", _("Informal group")
    OTHER = "other", _("Other organisation")


class Scope(models.TextChoices):
    COUNTRY = "country", _("The whole country")
    REGIONS = "regions", _("Certain regions")
    MUNICIPALITIES = "municipalities", _("Certain municipalities")
    ELSEWHERE = "elsewhere", _("Abroad or online")


# What a submission may be written in: the portal's languages first, then others that are spoken in Finland, in the
# codes of BCP 47. Others than the portal's are marked as such where they are read.
TEXT_LANGUAGES = [
    ("fi", _("Finnish")),
    ("sv", _("Swedish")),
    ("en", _("English")),
    ("se", _("Northern Sámi")),
    ("smn", _("Inari Sámi")),
    ("sms", _("Skolt Sámi")),
    ("ar", _("Arabic")),
    ("et", _("Estonian")),
    ("fa", _("Persian")),
    ("ckb", _("Kurdish")),
    ("ru", _("Russian")),
    ("so", _("Somali")),
    ("uk", _("Ukrainian")),
    ("mul", _("Another language")),
]

ANONYMOUS_GIVER = {
    OrganisationKind.COMPANY: _("A company"),
    OrganisationKind.MUNICIPALITY: _("A municipality"),
    OrganisationKind.AUTHORITY: _("A public authority"),
    OrganisationKind.ASSOCIATION: _("An association"),
    OrganisationKind.RELIGIOUS: _("A religious community"),
    OrganisationKind.EDUCATION: _("An educational institution"),
    OrganisationKind.INFORMAL: _("An informal group"),
    OrganisationKind.OTHER: _("An organisation"),
}
