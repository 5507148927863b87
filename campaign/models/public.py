"""The public copies. Everything that the public sees of submissions is read from these tables and no others."""

from django.conf import settings
from django.db import models
from django.db.models import F
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from taggit.models import TaggedItemBase

from campaign.kinds import ANONYMOUS_GIVER, Kind, OrganisationKind
from home.languages import written_in

from .campaign import Campaign
from .text import SubmissionText


class PublicItemTag(TaggedItemBase):
    content_object = models.ForeignKey("PublicItem", on_delete=models.CASCADE, related_name="tag_rows")


# What no list prints; left out of its queries, since a submission may be ten thousand characters long.
LONG_TEXTS = (
    "description",
    "plain_summary",
    "translations",
    "novelty",
    "target_groups",
    "participation",
    "actions",
    "needs",
    "offers",
    "search_text",
)


class PublicItemQuerySet(models.QuerySet["PublicItem"]):
    def for_doors(self) -> "PublicItemQuerySet":
        """With what a door of the house needs, in one query; ask by way of `campaign.public_items`, which knows the campaign."""
        names = ("reference", "title", "awarded", "published_at", "campaign", "theme__hue")
        return self.select_related("theme").only(*names)

    def with_files_told(self) -> "PublicItemQuerySet":
        """With `has_files`, since most have none to ask for."""
        return self.annotate(has_files=models.Exists(PublicFile.objects.filter(item=models.OuterRef("pk"))))

    def newest(self) -> "PublicItemQuerySet":
        return self.order_by("-published_at", "-pk")


class PublicItem(SubmissionText):
    """The public copy of one submission: only what its giver consented to.

    `pledges.publishing.refresh` is the only writer. `organisations` is a list of
    `{"name", "kind", "role", "website"}`, empty without consent to be named; `actions` of
    `{"what", "unit", "start", "target"}`; `needs` and `offers` of `{"what", "amount", "where", "until"}`.
    `translations` holds by language code what the text's own words are in it: `{"title", "summary", …}`.
    """

    campaign = models.ForeignKey(
        Campaign, on_delete=models.CASCADE, related_name="public_items", verbose_name=_("campaign")
    )
    reference = models.CharField(_("reference"), max_length=20, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    organisation_kind = models.CharField(
        _("kind of organisation"), max_length=15, choices=OrganisationKind.choices
    )
    organisations = models.JSONField(_("organisations"), default=list)
    actions = models.JSONField(_("actions"), default=list)
    needs = models.JSONField(_("needs"), default=list)
    offers = models.JSONField(_("offers"), default=list)
    translations = models.JSONField(_("translations"), default=dict, blank=True)
    search_text = models.TextField(blank=True)
    selected = models.BooleanField(_("selected"), default=False)
    awarded = models.BooleanField(_("awarded"), default=False)
    shareable = models.BooleanField(_("may be shared"), default=False)
    contactable = models.BooleanField(_("may be written to"), default=False)
    reusable = models.BooleanField(_("open data"), default=False)
    joinable = models.BooleanField(_("open for partners"), default=False)
    published_at = models.DateTimeField(_("published"))

    tags = TaggableManager(through=PublicItemTag, blank=True)

    objects = PublicItemQuerySet.as_manager()

    class Meta(SubmissionText.Meta):
        abstract = False
        verbose_name = _("public submission")
        verbose_name_plural = _("public submissions")
        indexes = [
            models.Index(F("campaign"), F("published_at").desc(), F("id").desc(), name="item_newest"),
            models.Index(
                F("campaign"), F("theme"), F("published_at").desc(), F("id").desc(), name="item_by_theme"
            ),
            models.Index(
                F("campaign"), F("kind"), F("published_at").desc(), F("id").desc(), name="item_by_kind"
            ),
            models.Index(
                F("campaign"),
                F("organisation_kind"),
                F("published_at").desc(),
                F("id").desc(),
                name="item_by_giver",
            ),
            models.Index(F("campaign"), F("title"), name="item_by_title"),
            models.Index(fields=["campaign", "selected"], name="item_selected"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def slug(self) -> str:
        return slug_of(self.title)

    def address(self, language: str = "") -> str:
        path = f"{self.campaign.address('submissions', language=language)}{self.reference}/"
        return f"{path}{self.slug}/" if self.slug else path

    def get_absolute_url(self) -> str:
        return self.address()

    @property
    def region_names(self) -> list[str]:
        return [region.name for region in self.regions.all()]

    @property
    def giver(self) -> str:
        return giver_of(self.organisations, self.organisation_kind, self.region_names)


def slug_of(title: str) -> str:
    """A title as an address; empty where no letter of it can be written so, or where it would mean another page."""
    slug = slugify(title)[:60].strip("-")
    return "" if slug in {"report", "join"} else slug


def giver_of(organisations: list[dict], kind: str, regions: list[str]) -> str:
    """The givers' names, or who they are in general where they do not want to be named."""
    if organisations:
        return ", ".join(organisation["name"] for organisation in organisations)
    who = str(ANONYMOUS_GIVER[OrganisationKind(kind)])
    return gettext("%(who)s, %(region)s") % {"who": who, "region": regions[0]} if regions else who


class PublicFile(models.Model):
    """A published copy of an attachment, in the public storage; deleted together with its file."""

    item = models.ForeignKey(PublicItem, on_delete=models.CASCADE, related_name="files")
    file = models.FileField(_("file"), upload_to="submissions/%Y/")
    name = models.CharField(_("name"), max_length=120)
    is_picture = models.BooleanField(_("picture"))
    description = models.TextField(_("text alternative"), max_length=4000)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    size = models.PositiveIntegerField(_("bytes"))
    sha256 = models.CharField(max_length=64)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("public file")
        verbose_name_plural = _("public files")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name


class PublicAward(models.Model):
    """An announced award, in three languages."""

    item = models.ForeignKey(PublicItem, on_delete=models.CASCADE, related_name="awards")
    category = models.CharField(_("award"), max_length=120)
    prize = models.CharField(_("prize"), max_length=200, blank=True)
    citation = models.TextField(_("citation"))
    position = models.PositiveSmallIntegerField(default=0)
    picture = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    announced_at = models.DateTimeField()

    class Meta:
        verbose_name = _("announced award")
        verbose_name_plural = _("announced awards")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.category

    @property
    def citation_lang(self) -> str:
        return written_in(self, "citation")


class FacetCount(models.Model):
    """How many public items carry a value, kept beside the copies so that no page counts rows.

    Facets: "total" (value ""), "kind", "theme" (id), "region" (code), "organisation_kind", "tag" (slug).
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="facet_counts")
    facet = models.CharField(max_length=20)
    value = models.CharField(max_length=100, blank=True)
    count = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign", "facet", "value"], name="facet_once"),
            models.CheckConstraint(condition=models.Q(count__gte=0), name="facet_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.facet} {self.value}: {self.count}"
