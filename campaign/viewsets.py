"""Campaigns and what belongs to them in the admin."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from zoneinfo import ZoneInfo, available_timezones

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.permission_policies import ModelPermissionPolicy

from campaign.models import Campaign, Municipality, Phase, PublicItem, Region, Report
from campaign.models.campaign import OWN_DEADLINES, contradiction, instant
from home.languages import CODES
from home.viewsets import NamesFields, Record, not_hidden


class CampaignForm(WagtailAdminModelForm):
    def clean(self) -> dict:
        """Phases are each right by themselves before they are held against each other."""
        cleaned = super().clean()
        phases = self.formsets.get("phases")
        if phases is not None and phases.is_valid():
            kept = [form.instance for form in phases.forms if self._is_kept(form)]
            if sentence := contradiction(kept):
                self.add_error(None, sentence)
            self._check_closings({phase.kind: phase for phase in kept}, timezone.now())
        return cleaned

    def _check_closings(self, phases: dict[str, Phase], at: datetime) -> None:
        """The kinds close within the call, one of them with it; and an open call is extended at the desk, or not at all."""
        call = phases.get(Phase.Kind.CALL)
        own = {name: self.cleaned_data.get(name) for name in OWN_DEADLINES.values()}
        for name, moment in own.items():
            if moment and (call is None or not call.opens_at < moment <= call.closes_at):
                self.add_error(name, _("Each kind closes while the call is open, or together with it."))
        if call and all(moment and moment < call.closes_at for moment in own.values()):
            self.add_error(None, _("Let at least one kind close together with the call."))
        partners_until = self.cleaned_data.get("partners_until")
        if partners_until and call and partners_until <= call.opens_at:
            self.add_error("partners_until", _("Partners confirm after the call has opened."))
        if call and self._moves_an_open_call(call, own, at):
            self.add_error(
                None,
                _(
                    "The call is open. Extend it at the desk, under “Dates of the call”; it is never shortened."
                ),
            )

    def _moves_an_open_call(self, call: Phase, own: dict[str, datetime | None], at: datetime) -> bool:
        """Whether a moment at which a kind closes would change although people rely on it."""
        stored = Campaign.objects.filter(pk=self.instance.pk).first()
        if stored is None or not any(stored.accepts(kind, at) for kind in OWN_DEADLINES):
            return False
        moments = {
            kind: min(own[name] or call.closes_at, call.closes_at) for kind, name in OWN_DEADLINES.items()
        }
        return any(instant(moment) != stored.deadlines[kind] for kind, moment in moments.items())

    @staticmethod
    def _is_kept(form) -> bool:
        return bool(form.cleaned_data.get("kind")) and not form.cleaned_data.get("DELETE")


class InTheCampaignsZone:
    """Reads and shows the moments of a campaign's form in the campaign's own zone."""

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        with self._zone(request):
            response = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
            return response.render() if hasattr(response, "render") else response

    @contextmanager
    def _zone(self, request: HttpRequest) -> Iterator[None]:
        stored = Campaign.objects.filter(pk=self.kwargs.get("pk")).first()  # type: ignore[attr-defined]
        name = request.POST.get("time_zone") or (stored or Campaign()).time_zone
        with timezone.override(ZoneInfo(name) if name in available_timezones() else None):
            yield


class CampaignCreateView(InTheCampaignsZone, generic.CreateView):
    pass


class CampaignEditView(InTheCampaignsZone, NamesFields, generic.EditView):
    pass


NAMES = [FieldPanel(f"name_{code}") for code in CODES]
PHASE_PANELS = [FieldPanel("kind"), FieldPanel("opens_at"), FieldPanel("closes_at")]
THEME_PANELS = [
    *NAMES,
    FieldPanel("slug"),
    FieldPanel("hue"),
    FieldPanel("position"),
    *(FieldPanel(f"introduction_{code}") for code in CODES),
]


CAMPAIGN_PANELS = [
    MultiFieldPanel(NAMES, heading=_("Name")),
    MultiFieldPanel([FieldPanel(f"organiser_{code}") for code in CODES], heading=_("Organiser")),
    FieldPanel("slug"),
    FieldPanel("hashtag"),
    FieldPanel("reference_prefix"),
    FieldPanel("time_zone"),
    FieldPanel("publishing"),
    FieldPanel("expected"),
    FieldPanel("is_current"),
    MultiFieldPanel(
        [FieldPanel("pledges_until"), FieldPanel("initiatives_until"), FieldPanel("partners_until")],
        heading=_("Closing moments of their own"),
    ),
    InlinePanel("phases", label=_("Phase"), heading=_("Phases"), panels=PHASE_PANELS, max_num=4),
    InlinePanel("themes", label=_("Theme"), heading=_("Themes"), panels=THEME_PANELS),
]


class CampaignViewSet(ModelViewSet):
    model = Campaign
    name = "campaigns"
    icon = "calendar"
    add_view_class = CampaignCreateView
    edit_view_class = CampaignEditView
    list_display = ["name", "slug", "hashtag", "time_zone", "is_current"]
    list_filter = ["is_current"]
    search_fields = ["name", "slug"]
    search_backend_name = None
    copy_view_enabled = False
    edit_handler = ObjectList(CAMPAIGN_PANELS, base_form_class=CampaignForm)


class RegionViewSet(Record):
    model = Region
    name = "regions"
    icon = "site"
    list_display = ["code", "name_fi", "name_sv", "name_en"]
    list_export = ["code", "name_fi", "name_sv", "name_en"]


class MunicipalityViewSet(Record):
    model = Municipality
    name = "municipalities"
    icon = "site"
    list_display = ["code", "name_fi", "name_sv", "region", "valid_from", "valid_to"]
    list_filter = ["region"]
    list_export = ["code", "name_fi", "name_sv", "region", "valid_from", "valid_to"]
    search_fields = ["name_fi", "name_sv", "code"]

    def seen(self, rows: QuerySet, user: AbstractBaseUser) -> QuerySet:
        return rows.select_related("region")


class PublicItemViewSet(Record):
    model = PublicItem
    name = "public-items"
    icon = "view"
    list_display = ["title", "reference", "kind", "theme", "selected", "awarded", "published_at"]
    list_filter = ["campaign", "kind", "organisation_kind", "selected", "awarded"]
    list_export = ["reference", "kind", "title", "summary", "theme", "selected", "awarded", "published_at"]
    search_fields = ["title", "reference"]
    inspect_view_fields_exclude = ["search_text"]
    ordering = ["-published_at"]

    def seen(self, rows: QuerySet, user: AbstractBaseUser) -> QuerySet:
        return not_hidden(rows, user, "reference").select_related("theme")


class HandlingPolicy(ModelPermissionPolicy):
    """Reports come from readers: staff read them and mark them handled, but neither write nor delete one."""

    def user_has_permission(self, user: AbstractBaseUser, action: str) -> bool:
        return action in {"view", "change"} and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: AbstractBaseUser, actions: list[str]) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


class ReportViewSet(Record):
    model = Report
    name = "reports"
    icon = "warning"
    list_display = ["item", "message", "reported_at", "handled_at"]
    list_export = ["item", "message", "reported_at", "handled_at"]
    form_fields = ["handled_at"]
    ordering = ["-reported_at"]
    policy = HandlingPolicy

    def seen(self, rows: QuerySet, user: AbstractBaseUser) -> QuerySet:
        return not_hidden(rows, user, "item__reference").select_related("item")


class CampaignGroup(ModelViewSetGroup):
    menu_label = _("Campaigns")
    menu_icon = "calendar"
    menu_order = 150
    items = (CampaignViewSet, PublicItemViewSet, ReportViewSet, RegionViewSet, MunicipalityViewSet)
