import secrets
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext_lazy as _

from campaign.kinds import Kind
from campaign.models import Campaign, Phase
from campaign.models.campaign import OWN_DEADLINES


class Status(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", _("Returned for correction")
    IN_REVIEW = "in_review", _("In review")
    SELECTED = "selected", _("Selected")
    RESERVE = "reserve", _("In reserve")
    DECLINED = "declined", _("Not selected")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    INELIGIBLE = "ineligible", _("Outside the call")
    SPAM = "spam", _("Spam")


# What has passed screening and was not taken back since: readers and reviewers may come to see it.
AFTER_SCREENING = frozenset({Status.IN_REVIEW, Status.SELECTED, Status.RESERVE, Status.DECLINED})

# Of these, nothing more is written to anybody.
ENDED = frozenset({Status.WITHDRAWN, Status.INELIGIBLE, Status.SPAM})


# Its contact persons, who are not published.
PEOPLE = ("contact_name", "contact_email", "contact_phone", "second_name", "second_email")


def _deadline() -> models.Case:
    """Of a submission: when the call closes for its kind, as `Campaign.deadline_of` says it."""
    call = Phase.objects.filter(campaign=models.OuterRef("campaign"), kind=Phase.Kind.CALL)
    deadline = models.Subquery(call.values("closes_at")[:1])
    own = [
        models.When(kind=kind, **{f"campaign__{field}__lt": deadline}, then=models.F(f"campaign__{field}"))
        for kind, field in OWN_DEADLINES.items()
    ]
    return models.Case(*own, default=deadline)


def new_link_key() -> str:
    return secrets.token_urlsafe(12)


def new_form_key() -> str:
    """What tells one rendered form from every other; it cannot be guessed."""
    return secrets.token_urlsafe(24)


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def with_text(self) -> "SubmissionQuerySet":
        """With what lists print: the latest and the screened version and their themes, in one query."""
        return self.select_related("campaign", "latest__theme", "screened__theme")

    def with_giver(self) -> "SubmissionQuerySet":
        """With the lead organisation's name as `giver`."""
        leads = models.FilteredRelation("participations", condition=models.Q(participations__role="lead"))
        return self.annotate(lead=leads, giver=models.F("lead__organisation__name"))

    def sent_from(self, email: str) -> "SubmissionQuerySet":
        """Everything that this address may come back to, the newest first."""
        live = self.filter(erased_at=None).exclude(status=Status.SPAM)
        return live.alias(address=Lower("contact_email")).filter(address=email.lower()).order_by("-pk")

    def with_correspondence(self) -> "SubmissionQuerySet":
        """Those about which letters are still to come (`has_correspondence`), and whose sender is known."""
        return self.filter(erased_at=None, confirmed_at__isnull=False).exclude(status__in=ENDED)

    def unconfirmed_since(self, moment: datetime) -> "SubmissionQuerySet":
        """Sent at or before the moment and still waiting for the sender's confirmation."""
        return self.filter(status=Status.SUBMITTED, confirmed_at=None, submitted_at__lte=moment)

    def late_drafts(self) -> "SubmissionQuerySet":
        """Drafts that missed the call for their kind, or were sent and never confirmed, and what was returned and not
        corrected in time; the newest first.

        A coordinator may give each more time (`late_links.give_late_link`).
        """
        missed = models.Q(deadline__lte=Now()) | models.Q(latest__saved_at__gte=models.F("deadline"))
        drafts = models.Q(missed | models.Q(submitted_at__isnull=False), status=Status.DRAFT)
        returned = models.Q(status=Status.RETURNED, correction_until__lte=Now())
        live = self.filter(erased_at=None).alias(deadline=_deadline())
        return live.filter(drafts | returned).order_by("-created_at", "-pk")

    def to_screen(self) -> "SubmissionQuerySet":
        """Sent and confirmed, waiting for a coordinator; the oldest first."""
        return self.filter(status=Status.SUBMITTED, confirmed_at__isnull=False).order_by("submitted_at", "pk")


class Submission(models.Model):
    """One pledge or initiative. Private: what the public sees is its `PublicItem`.

    `returned_fields` names the form's fields that a return opens for correction; empty, it opens all.
    """

    class Suspicion(models.TextChoices):
        """Why the portal itself took it for a robot's; empty where it did not, or a coordinator took it back."""

        TRAP = "trap", _("A field that people do not see was filled in")

    class Source(models.TextChoices):
        WEB = "web", _("The web form")
        PAPER = "paper", _("Paper")
        IMPORT = "import", _("Import")

    campaign = models.ForeignKey(
        Campaign, on_delete=models.PROTECT, related_name="submissions", verbose_name=_("campaign")
    )
    reference = models.CharField(_("reference"), max_length=20, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    status = models.CharField(_("status"), max_length=12, choices=Status.choices, default=Status.DRAFT)
    latest = models.ForeignKey(
        "Version",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("latest version"),
    )
    screened = models.ForeignKey(
        "Version",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("screened version"),
    )

    contact_name = models.CharField(_("contact person"), max_length=120)
    contact_email = models.EmailField(_("e-mail"))
    contact_phone = models.CharField(_("phone"), max_length=40, blank=True)
    second_name = models.CharField(_("second contact person"), max_length=120, blank=True)
    second_email = models.EmailField(_("second contact's e-mail"), blank=True)
    mail_language = models.CharField(_("language of letters"), max_length=2, choices=settings.LANGUAGES)

    form_key = models.CharField(max_length=64, unique=True)
    link_key = models.CharField(max_length=24, default=new_link_key)
    authorised_at = models.DateTimeField(_("authorised"), null=True, blank=True)
    created_at = models.DateTimeField(_("created"))
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("e-mail confirmed"), null=True, blank=True)
    status_at = models.DateTimeField(_("in this status since"))
    correction_until = models.DateTimeField(_("correction until"), null=True, blank=True)
    reason = models.TextField(_("reasons told to the sender"), blank=True, max_length=4000)
    authority_check = models.CharField(
        _("how the sender's authority was checked"), max_length=200, blank=True
    )
    returned_fields = models.JSONField(_("to be corrected"), default=list, blank=True)
    open_for_partners = models.BooleanField(_("open for partners"), default=False)
    source = models.CharField(_("came by"), max_length=6, choices=Source.choices, default=Source.WEB)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("entered by"),
    )
    renewed_from = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="renewals",
        verbose_name=_("renewed from"),
    )
    suspicion = models.CharField(
        _("why it was taken for spam"), max_length=10, choices=Suspicion.choices, blank=True
    )
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        permissions = [("screen_submission", "Can screen submissions and change their status")]
        indexes = [
            models.Index(fields=["campaign", "status", "submitted_at"], name="submission_by_status"),
            models.Index(Lower("contact_email"), name="submission_by_email"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_draft(self) -> bool:
        return self.status == Status.DRAFT

    @property
    def waits_for_confirmation(self) -> bool:
        """Whether it was sent and its sender has not followed the link in the first mail yet."""
        return self.status == Status.SUBMITTED and self.confirmed_at is None

    @property
    def waits_for_its_sender(self) -> bool:
        """Whether the first letter, to a draft or to the confirmation, is still the way on."""
        return self.confirmed_at is None and (self.is_draft or self.waits_for_confirmation)

    @property
    def is_suspect(self) -> bool:
        """Whether the portal itself took it for a robot's, so that its sender has had no letter."""
        return self.status == Status.SPAM and self.suspicion != ""

    @property
    def tells_reasons(self) -> bool:
        """Whether its sender is shown the coordinator's reasons."""
        return self.status in {Status.RETURNED, Status.INELIGIBLE}

    @property
    def has_correspondence(self) -> bool:
        """Whether letters about it are still to come, so that its contact persons matter."""
        return self.erased_at is None and self.status not in ENDED

    def is_being_read(self) -> bool:
        """Whether reviewers and, with consent, the public read the screened text."""
        return self.status in AFTER_SCREENING

    def is_unread(self) -> bool:
        """Whether a newer text than the screened one waits for a coordinator."""
        return self.screened_id is not None and self.latest_id != self.screened_id

    def is_late(self, at: datetime) -> bool:
        """Whether the call is over for it at this moment, and it has no end of its own that is still to come."""
        deadline = self.campaign.deadline_of(self.kind)
        return deadline is not None and at >= deadline and not self.may_be_corrected(at)

    def may_be_corrected(self, at: datetime) -> bool:
        """Whether it may be sent although the call is closed: returned, or a draft with a late link."""
        return (
            self.status in {Status.RETURNED, Status.DRAFT}
            and self.correction_until is not None
            and at < self.correction_until
        )
