"""How an administrator makes and changes the accounts of staff, in Wagtail's settings."""

from django.db import transaction
from django.utils import timezone
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import UserViewSet

from home.mail import queue
from home.models import User


def invite(user: User) -> None:
    """Queue the letter with which a new person chooses a password; belongs inside a transaction."""
    at = timezone.now()
    queue("invitation", key=f"invitation:{user.pk}", language=user.language, at=at, user=user.pk)


class StaffCreationForm(UserCreationForm):
    """Nobody types a password for somebody else: the new person chooses one by a link."""

    class Meta(UserCreationForm.Meta):
        fields = UserCreationForm.Meta.fields | {"language"}

    @transaction.atomic
    def save(self, commit: bool = True) -> User:
        self.instance.set_unusable_password()
        user = super().save(commit)
        if commit:
            invite(user)
        return user


class StaffEditForm(UserEditForm):
    class Meta(UserEditForm.Meta):
        fields = UserEditForm.Meta.fields | {"language"}


class StaffViewSet(UserViewSet):
    def get_form_class(self, for_update: bool = False) -> type[UserCreationForm | UserEditForm]:
        return StaffEditForm if for_update else StaffCreationForm
