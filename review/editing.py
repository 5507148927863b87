"""What waits for the editors of the pages."""

from django.db.models import Count
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.query import PageQuerySet

from campaign.models import NewsIndexPage, NewsPage
from home.languages import CODES
from home.models import User

ADMIN = "wagtailadmin.access_admin"


def may_edit_pages(user: User) -> bool:
    return user.has_perm(ADMIN) and PagePermissionPolicy().user_has_permission(user, "change")


def editable(user: User) -> PageQuerySet:
    """The portal's pages that a person may change, the latest work first; not those that only mirror another one."""
    pages = PagePermissionPolicy().instances_user_has_permission_for(user, "change")
    return (
        pages.not_exact_type(Page)
        .filter(alias_of=None)
        .select_related("locale")
        .order_by("-latest_revision_created_at", "-pk")
    )


def changed(pages: PageQuerySet) -> PageQuerySet:
    """Published pages with changes that readers do not see yet."""
    return pages.filter(live=True, has_unpublished_changes=True)


def news_drafts(pages: PageQuerySet) -> PageQuerySet:
    return pages.type(NewsPage).filter(live=False)


def untranslated(pages: PageQuerySet) -> PageQuerySet:
    """Published pages that do not stand in every language of the portal."""
    texts = Page.objects.filter(alias_of=None).order_by().values("translation_key")
    lacking = texts.annotate(number=Count("locale", distinct=True)).filter(number__lt=len(CODES))
    return pages.filter(live=True, translation_key__in=lacking.values("translation_key"))


def news_list(language: str) -> NewsIndexPage | None:
    """Where news is written in a language."""
    lists = NewsIndexPage.objects.filter(locale__language_code=language)
    return lists.order_by("-live", "pk").first()
