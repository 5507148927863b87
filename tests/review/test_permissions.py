"""What the three groups may do, as the migration made them."""

import pytest
from django.contrib.auth.models import Group
from wagtail.models import GroupPagePermission, Page

from home.models.user import COORDINATORS, EDITORS, REVIEWERS
from review import permissions

RIGHTS = {
    permissions.SCREEN: {COORDINATORS},
    permissions.REVIEW: {REVIEWERS},
    permissions.ASSIGN: {COORDINATORS},
    permissions.DECIDE: {COORDINATORS},
    permissions.AWARD: {COORDINATORS},
    permissions.EDIT_PROGRAMME: {COORDINATORS, EDITORS},
    permissions.RELEASE_PROGRAMME: {COORDINATORS},
    "wagtailadmin.access_admin": {COORDINATORS, EDITORS},
    "review.change_criterion": {COORDINATORS},
    "review.change_review": set(),
    "review.change_decision": set(),
    "pledges.change_submission": set(),
    "pledges.view_submission": {COORDINATORS},
    "campaign.view_publicitem": {COORDINATORS},
    "wagtail_localize.submit_translation": {EDITORS},
}


@pytest.mark.parametrize("right", RIGHTS)
def test_each_group_holds_the_rights_of_the_table(right, coordinator, reviewer, editor):
    people = {COORDINATORS: coordinator, REVIEWERS: reviewer, EDITORS: editor}
    assert {name for name, person in people.items() if person.has_perm(right)} == RIGHTS[right]


def test_editors_publish_every_page_and_choose_every_picture(db):
    editors = Group.objects.get(name=EDITORS)
    pages = GroupPagePermission.objects.filter(group=editors, page=Page.objects.get(depth=1))
    assert {"add_page", "change_page", "publish_page"} <= set(
        pages.values_list("permission__codename", flat=True)
    )
    pictures = set(editors.collection_permissions.values_list("permission__codename", flat=True))
    assert {"add_image", "choose_image", "add_document"} <= pictures


def test_reviewers_are_those_with_the_right_by_name(reviewer, other_reviewer, coordinator, administrator):
    other_reviewer.is_active = False
    other_reviewer.save()
    assert list(permissions.reviewers()) == [reviewer]
