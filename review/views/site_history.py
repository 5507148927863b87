"""Wagtail's report of all that was done, without what the reader may know nothing of."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.reports.audit_logging import LogEntriesView
from wagtail.models import ModelLogEntry

from pledges.models import Submission
from review.models import Award, Decision, Review
from review.sight import in_conflict


class SiteHistoryView(LogEntriesView):
    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """Each kind of log comes by itself; pages speak of no submission."""
        rows = super().filter_queryset(queryset)
        return _without_conflicts(rows, self.request) if queryset.model is ModelLogEntry else rows


def _without_conflicts(entries: QuerySet, request: HttpRequest) -> QuerySet:
    hidden = in_conflict(request.user)
    about = {Submission: hidden} | {
        model: model.objects.filter(submission__in=hidden) for model in (Award, Decision, Review)
    }
    for model, rows in about.items():
        ids = [str(pk) for pk in rows.values_list("pk", flat=True)]
        entries = entries.exclude(content_type=ContentType.objects.get_for_model(model), object_id__in=ids)
    return entries


@never_cache
@require_admin_access
def site_history(request: HttpRequest, *, results_only: bool = False) -> HttpResponseBase:
    return SiteHistoryView.as_view(results_only=results_only)(request)
