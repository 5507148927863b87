"""What every page of the desk stands on: who may open it, which campaign it shows, how it is rendered."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from campaign.context import current_campaign, mean
from campaign.models import Campaign
from campaign.references import normalise
from home.addresses import LANGUAGE_NAMES
from home.languages import CODES
from home.models import User
from home.resending import sign_in_first
from pledges.models import Submission
from pledges.models.submission import SubmissionQuerySet
from review import permissions
from review.permissions import holds

PAGE_SIZE = 50
CHOSEN = "desk_campaign"

# The pages of the top bar: their names, what they are called, and who has them.
TABS = (
    ("home", _("Home"), permissions.DESK),
    ("queue", _("My reviews"), (permissions.REVIEW,)),
    ("submissions", _("Submissions"), (permissions.SCREEN,)),
    ("reviewers", _("Reviewers"), (permissions.ASSIGN,)),
    ("ranking", _("Ranking"), (permissions.DECIDE,)),
    ("meetings", _("Meetings"), (permissions.MEET,)),
    ("decisions", _("Decisions"), (permissions.DECIDE,)),
    ("awards", _("Awards"), (permissions.AWARD,)),
    ("jury", _("Jury"), (permissions.VOTE,)),
    ("programme", _("Programme"), (permissions.EDIT_PROGRAMME,)),
    ("overview", _("Overview"), (permissions.SCREEN,)),
)

# Whose pages those are that ask for a right.
WHOSE = {
    permissions.REVIEW: _("Reviewers find here the submissions that they were given to review."),
    permissions.SCREEN: _("Coordinators screen the submissions here."),
    permissions.ASSIGN: _("Coordinators give the submissions to reviewers here."),
    permissions.DECIDE: _("Coordinators decide here which submissions are selected."),
    permissions.AWARD: _("Coordinators give the awards here."),
    permissions.EXTEND: _("Coordinators see and extend the dates of the call here."),
    permissions.EDIT_PROGRAMME: _("Editors and coordinators write the programme here."),
    permissions.RELEASE_PROGRAMME: _("Coordinators release the programme here."),
    permissions.MEET: _("Coordinators lead the meetings of the panel here."),
    permissions.VOTE: _("The jury votes on the awards here."),
    permissions.SET_PROCEDURE: _("Coordinators set here how the campaign is reviewed."),
    permissions.GIVE_MANDATES: _("Coordinators say here who works in the campaign."),
}
# The methods of those who only read.
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True)
class Desk:
    """One request at the desk: the person, the campaign that is open there, and the moment.

    Who observes may not write: pages hide from them what would be refused.
    """

    request: HttpRequest
    campaign: Campaign
    at: datetime
    may_write: bool

    @property
    def user(self) -> User:
        assert isinstance(self.request.user, User)
        return self.request.user

    def page(self, rows: QuerySet | list, *, size: int = PAGE_SIZE) -> Page:
        return Paginator(rows, size).get_page(self.request.GET.get("page"))

    def render(self, template: str, context: dict[str, Any], *, tab: str, status: int = 200) -> HttpResponse:
        own = {"campaign": self.campaign, "at": self.at, "may_write": self.may_write}
        shared = bar(self.request, current=tab) | own
        return render(self.request, f"review/{template}.html", shared | context, status=status)

    def say(self, sentence: str) -> None:
        messages.success(self.request, sentence)

    def note(self, sentence: str) -> None:
        messages.info(self.request, sentence)

    def warn(self, sentence: str) -> None:
        messages.warning(self.request, sentence)

    def refuse(self, sentence: str) -> None:
        messages.error(self.request, sentence)


View = Callable[..., HttpResponse]


Sight = Callable[[User], SubmissionQuerySet]


def desk(*rights: str, sees: Sight | None = None, observed: bool = True) -> Callable[[View], View]:
    """A page of the desk for people who hold one of the rights; its dates are read in the campaign's zone.

    With `sees` the page is about one submission, which it gets instead of the address's reference: one that
    the person sees. Any other answers 404, whether it exists or not.
    Observers may read it where they may read what asks for such a right, and never post to it; a page that is
    nothing but a form is not `observed`.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        @never_cache
        def guarded(request: HttpRequest, *, reference: str = "", **kwargs) -> HttpResponse:
            if not request.user.is_authenticated:
                return sign_in_first(request)
            may_write = holds(request.user, set(rights) - {permissions.OBSERVE})
            may_read = observed and request.method in SAFE and permissions.may_read(request.user, rights)
            if not (holds(request.user, rights) or may_read):
                return not_theirs(request, rights)
            if sees:
                kwargs["found"] = find(sees(request.user), reference)
            campaign = kwargs["found"].campaign if sees else open_campaign(request)
            if campaign is None:
                return render(request, "review/no_campaign.html", bar(request) | {"desk_tabs": []})
            mean(request, campaign)
            with timezone.override(campaign.zone):
                return view(Desk(request, campaign, timezone.now(), may_write), **kwargs)

        return guarded

    return decorate


def find(submissions: SubmissionQuerySet, reference: str) -> Submission:
    known = normalise(reference)
    found = (
        submissions.select_related("campaign__procedure").filter(reference=known).first() if known else None
    )
    if found is None:
        raise Http404
    return found


def open_campaign(request: HttpRequest) -> Campaign | None:
    """The campaign that this person chose to work on, else the current one, else the newest."""
    chosen = request.session.get(CHOSEN)
    campaign = Campaign.objects.filter(pk=chosen).first() if chosen else None
    return campaign or current_campaign(request) or Campaign.objects.first()


def not_theirs(request: HttpRequest, rights: Iterable[str]) -> HttpResponse:
    """Say whose page this is, and show the way to one's own. Who has nothing to do at the desk is just refused."""
    if not holds(request.user, permissions.DESK):
        raise PermissionDenied
    whose = next(sentence for right, sentence in WHOSE.items() if right in rights)
    if permissions.may_read(request.user, rights):
        whose = _("Observers read the review and change nothing.")
    return render(request, "review/not_theirs.html", bar(request) | {"whose": whose}, status=403)


def bar(request: HttpRequest, *, current: str = "") -> dict[str, list[dict]]:
    """What the top bar shows: the pages that this person may open, and the languages of the desk."""
    pages = [
        {"url": reverse(f"desk:{name}"), "label": label, "current": name == current}
        for name, label, rights in TABS
        if permissions.may_read(request.user, rights)
    ]
    spoken = get_language()
    languages = [{"code": code, "name": LANGUAGE_NAMES[code], "current": code == spoken} for code in CODES]
    return {"desk_tabs": pages, "desk_languages": languages}


def go(name: str, *args: Any, query: str = "", place: str = "") -> HttpResponseRedirect:
    """Send the browser on after something was done; `place` is the id at which the reader goes on."""
    url = reverse(f"desk:{name}", args=args)
    return SeeOther(url + (f"?{query}" if query else "") + (f"#{place}" if place else ""))


class SeeOther(HttpResponseRedirect):
    """The answer to a POST that was done: get this other page."""

    status_code = 303
