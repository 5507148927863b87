"""Campaigns and what belongs to them in the admin."""

from collections.abc import Iterator
from contextlib import contextmanager
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

from campaign.models import Campaign, Municipality, PublicItem, Region, Report
from campaign.models.campaign import contradiction
from home.languages import CODES
from home.viewsets import Record


class CampaignForm(WagtailAdminModelForm):
    def clean(self) -> dict:
        """Phases are each right by themselves before they are held against each other."""
        cleaned = super().clean()
        phases = self.formsets.get("phases")
        if phases is not None and phases.is_valid():
            kept = [form.instance for form in phases.forms if self._is_kept(form)]
            if sentence := contradiction(kept):
                self.add_error(None, sentence)
        return cleaned

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


class CampaignEditView(InTheCampaignsZone, generic.EditView):
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
        return rows.select_related("theme")


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
        return rows.select_related("item")


class CampaignGroup(ModelViewSetGroup):
    menu_label = _("Campaigns")
    menu_icon = "calendar"
    menu_order = 150
    items = (CampaignViewSet, PublicItemViewSet, ReportViewSet, RegionViewSet, MunicipalityViewSet)
