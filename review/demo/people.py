"""The demo's staff: one sign-in for each kind of work."""

from dataclasses import dataclass

from django.contrib.auth.models import Group

from home.models import User
from home.models.user import COORDINATORS, EDITORS, REVIEWERS

PASSWORD = "lupaus-demo"  # noqa: S105 (printed by script/start; the demo is refused in production)

# E-mail's first part, name, language, group.
STAFF = (
    ("coordinator", "Sirkka", "Vuorinen", "fi", COORDINATORS),
    ("reviewer1", "Helena", "Kaarto", "fi", REVIEWERS),
    ("reviewer2", "Bo", "Lindroos", "sv", REVIEWERS),
    ("reviewer3", "Nadia", "Rahman", "en", REVIEWERS),
    ("editor", "Leyla", "Demir", "fi", EDITORS),
)


@dataclass(frozen=True)
class Cast:
    coordinator: User
    reviewers: list[User]
    editor: User


def load() -> Cast:
    """Make who is missing; somebody who is there already keeps password, name and groups."""
    people = {name: _person(name, *rest) for name, *rest in STAFF}
    if not User.objects.filter(email="admin@example.org").exists():
        User.objects.create_superuser(
            "admin@example.org", PASSWORD, first_name="Asta", last_name="Niemi", language="fi"
        )
    reviewers = [person for name, person in people.items() if name.startswith("reviewer")]
    return Cast(coordinator=people["coordinator"], reviewers=reviewers, editor=people["editor"])


def _person(name: str, first_name: str, last_name: str, language: str, group: str) -> User:
    email = f"{name}@example.org"
    if known := User.objects.filter(email=email).first():
        return known
    person = User.objects.create_user(
        email, PASSWORD, first_name=first_name, last_name=last_name, language=language
    )
    person.groups.add(Group.objects.get(name=group))
    return person
