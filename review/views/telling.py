"""What is said after submissions were given to reviewers: how many, and for each that was refused, why."""

from collections.abc import Mapping

from django.utils.translation import ngettext

from review.assignable import Ids
from review.assignments import Given
from review.sight import visible_to
from review.views.desk import Desk

MOST_TOLD = 10


def tell(desk: Desk, given: Given) -> None:
    """Say how many assignments were made, and for each pair that was refused, why."""
    done = ngettext("%(number)d assignment made.", "%(number)d assignments made.", len(given.made))
    (desk.say if given.made else desk.note)(done % {"number": len(given.made)})
    told = _of_visible(desk, given.refused)
    for sentence in told[:MOST_TOLD]:
        desk.warn(sentence)
    if left := len(given.refused) - len(told[:MOST_TOLD]):
        sentence = ngettext("%(number)d more was not possible.", "%(number)d more were not possible.", left)
        desk.warn(sentence % {"number": left})


def _of_visible(desk: Desk, refused: Mapping[Ids, str]) -> list[str]:
    """The sentences about submissions that the coordinator may know of."""
    asked = {submission for submission, _person in refused}
    seen = set(visible_to(desk.user).filter(pk__in=asked).values_list("pk", flat=True))
    return [sentence for (submission, _person), sentence in refused.items() if submission in seen]
