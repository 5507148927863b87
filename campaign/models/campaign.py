"""A campaign, its dated phases and its themes."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from campaign.kinds import Kind

# The public pages of a campaign, by what they show.
PLACES = {
    "front": "",
    "submissions": "pledges/",
    "programme": "programme/",
    "awards": "awards/",
    "feed": "feed/",
    "atom": "feed/atom.xml",
    "rss": "feed/rss.xml",
    "json": "feed/feed.json",
    "dates": "dates.ics",
}


# The field that holds a kind's own closing moment.
OWN_DEADLINES = {Kind.PLEDGE: "pledges_until", Kind.INITIATIVE: "initiatives_until"}


def instant(moment: datetime) -> datetime:
    """A moment in UTC. Two of one zone are compared by their wall clocks, which show an hour twice when summer time ends."""
    return moment.astimezone(UTC)


def validate_zone(name: str) -> None:
    if name not in available_timezones():
        raise ValidationError(_("%(name)s is not a time zone."), params={"name": name})


class CampaignQuerySet(models.QuerySet["Campaign"]):
    def current(self) -> "Campaign | None":
        """The campaign that unprefixed addresses mean."""
        return self.filter(is_current=True).first()


class Campaign(ClusterableModel):
    class Publishing(models.TextChoices):
        AT_ONCE = "at_once", _("as soon as a submission is screened")
        AFTER_CALL = "after_call", _("when the call has closed")
        AFTER_DECISIONS = "after_decisions", _("when the decisions are released")

    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(_("address"), max_length=60, unique=True)
    organiser = models.CharField(
        _("organiser"), max_length=120, help_text=_("Who speaks, such as a ministry.")
    )
    hashtag = models.CharField(
        _("hashtag"),
        max_length=40,
        validators=[RegexValidator(r"^\w+$", _("Letters and digits only, without #."))],
    )
    time_zone = models.CharField(
        _("time zone"), max_length=40, default="Europe/Helsinki", validators=[validate_zone]
    )
    reference_prefix = models.CharField(
        _("reference prefix"),
        max_length=4,
        validators=[RegexValidator(r"^[A-Z]{1,4}$", _("One to four capitals."))],
    )
    publishing = models.CharField(
        _("publish"), max_length=20, choices=Publishing.choices, default=Publishing.AT_ONCE
    )
    expected = models.PositiveIntegerField(
        _("doors on the house"), default=90, help_text=_("How many submissions the campaign hopes for.")
    )
    is_current = models.BooleanField(_("current"), default=False)
    pledges_until = models.DateTimeField(
        _("pledges until"),
        null=True,
        blank=True,
        help_text=_("Only where pledges close before the call does."),
    )
    initiatives_until = models.DateTimeField(
        _("initiatives until"),
        null=True,
        blank=True,
        help_text=_("Only where initiatives close before the call does."),
    )
    partners_until = models.DateTimeField(
        _("partners confirm until"),
        null=True,
        blank=True,
        help_text=_(
            "Partners may confirm until then, also after the call. Left empty: until the call closes."
        ),
    )

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_current"],
                condition=Q(is_current=True),
                name="campaign_one_current",
                violation_error_message=_(
                    "Another campaign is the current one. Take the mark from it first."
                ),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def address(self, place: str, *, language: str = "") -> str:
        """The path of one of its pages in a language, the reader's unless told: unprefixed while it is current."""
        prefix = "" if self.is_current else f"c/{self.slug}/"
        return f"/{language or get_language()}/{prefix}{PLACES[place]}"

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @cached_property
    def _phases(self) -> "dict[str, Phase]":
        return {phase.kind: phase for phase in self.phases.all()}

    def phase(self, kind: str) -> "Phase | None":
        return self._phases.get(kind)

    def phase_at(self, at: datetime) -> "Phase | None":
        """The phase that contains the moment."""
        return next((phase for phase in self._phases.values() if phase.contains(at)), None)

    def is_on(self, kind: str, at: datetime) -> bool:
        phase = self.phase(kind)
        return phase is not None and phase.contains(at)

    def has_closed(self, kind: str, at: datetime) -> bool:
        phase = self.phase(kind)
        return phase is not None and instant(at) >= instant(phase.closes_at)

    def is_past(self, kind: str, at: datetime) -> bool:
        """Whether the call has closed for one kind of submission."""
        deadline = self.deadline_of(kind)
        return deadline is not None and instant(at) >= deadline

    def accepts(self, kind: str, at: datetime) -> bool:
        """Whether a submission of this kind may be sent at this moment: the one place that asks."""
        deadline = self.deadline_of(kind)
        return deadline is not None and self.is_on(Phase.Kind.CALL, at) and instant(at) < deadline

    def accepts_any(self, at: datetime) -> bool:
        """Whether a submission of some kind may be sent at this moment."""
        return any(self.accepts(kind, at) for kind in Kind.values)

    def deadline_of(self, kind: str) -> datetime | None:
        """When the call closes for one kind: at its own moment where it has one, never after the call itself."""
        if kind not in OWN_DEADLINES or self.deadline is None:
            return None
        own = getattr(self, OWN_DEADLINES[kind])
        return min(instant(own), self.deadline) if own else self.deadline

    def closes_next(self, kind: str, at: datetime) -> datetime | None:
        """When the call closes next, if that is still to come: for this kind or, where none is named, for any."""
        ends = [self.deadline_of(kind)] if kind else self.deadlines.values()
        return min((end for end in ends if end and instant(at) < end), default=None)

    @property
    def deadlines(self) -> dict[str, datetime]:
        """When the call closes, by kind; empty without a call."""
        found = {kind.value: self.deadline_of(kind) for kind in Kind}
        return {kind: deadline for kind, deadline in found.items() if deadline}

    @property
    def closes_together(self) -> bool:
        """Whether the call closes for all kinds at one moment."""
        return len(set(self.deadlines.values())) < 2

    def has_own_deadline(self, kind: str) -> bool:
        return self.deadline_of(kind) != self.deadline

    @property
    def deadline(self) -> datetime | None:
        call = self.phase(Phase.Kind.CALL)
        return instant(call.closes_at) if call else None

    def stage(self, at: datetime) -> str:
        """What the front page shows: "before", "call", "review", "results" or "follow_up".

        Between two phases the earlier one's successor is announced: after the call comes review,
        whether its window has opened or not.
        """
        opened = [phase.kind for phase in self._phases.values() if instant(phase.opens_at) <= instant(at)]
        for kind in reversed(Phase.Kind.values):
            if kind in opened:
                closed_call = kind == Phase.Kind.CALL and self.has_closed(kind, at)
                return Phase.Kind.REVIEW.value if closed_call else kind
        return "before"

    def next_change(self, at: datetime) -> datetime | None:
        """When the next phase opens or closes after a moment, or the call closes for one kind."""
        edges = [edge for phase in self._phases.values() for edge in (phase.opens_at, phase.closes_at)]
        moments = map(instant, [*edges, *self.deadlines.values()])
        return min((moment for moment in moments if moment > instant(at)), default=None)


class Phase(models.Model):
    """A dated window: `opens_at <= moment < closes_at`."""

    class Kind(models.TextChoices):
        CALL = "call", _("Call")
        REVIEW = "review", _("Review")
        RESULTS = "results", _("Results")
        FOLLOW_UP = "follow_up", _("Follow-up")

    campaign = ParentalKey(Campaign, on_delete=models.CASCADE, related_name="phases")
    kind = models.CharField(_("phase"), max_length=10, choices=Kind.choices)
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))

    class Meta:
        verbose_name = _("phase")
        verbose_name_plural = _("phases")
        ordering = ["opens_at"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "kind"], name="phase_once"),
            models.CheckConstraint(
                condition=Q(opens_at__lt=F("closes_at")), name="phase_closes_after_it_opens"
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    def contains(self, at: datetime) -> bool:
        return instant(self.opens_at) <= instant(at) < instant(self.closes_at)

    def clean(self) -> None:
        if self.opens_at and self.closes_at and self.opens_at >= self.closes_at:
            raise ValidationError({"closes_at": _("A phase closes after it opens.")})


def contradiction(phases: "list[Phase]") -> str | None:
    """Why these phases cannot stand together, as a sentence; None when they can.

    Phases follow each other in the order of their kinds and never overlap.
    """
    order = Phase.Kind.values
    ordered = sorted(phases, key=lambda phase: order.index(phase.kind))
    for earlier, later in zip(ordered, ordered[1:], strict=False):
        if later.opens_at < earlier.closes_at:
            return _("%(later)s may not open before %(earlier)s has closed.") % {
                "later": later.get_kind_display(),
                "earlier": earlier.get_kind_display(),
            }
    return None


class Theme(models.Model):
    class Hue(models.TextChoices):
        BRICK = "brick", _("brick")
        LAKE = "lake", _("lake")
        MOSS = "moss", _("moss")
        HEATHER = "heather", _("heather")
        RYE = "rye", _("rye")
        SLATE = "slate", _("slate")
        BERRY = "berry", _("berry")
        PINE = "pine", _("pine")

    campaign = ParentalKey(Campaign, on_delete=models.CASCADE, related_name="themes")
    slug = models.SlugField(_("address"), max_length=40)
    name = models.CharField(_("name"), max_length=60)
    introduction = models.TextField(
        _("introduction"), blank=True, help_text=_("Opens the programme's chapter.")
    )
    hue = models.CharField(_("colour"), max_length=10, choices=Hue.choices)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["campaign", "slug"], name="theme_once")]

    def __str__(self) -> str:
        return self.name
