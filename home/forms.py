from django import forms

from home.models import User


class AccountForm(forms.ModelForm):
    """What people of the staff change about themselves; names and addresses are the administrator's."""

    class Meta:
        model = User
        fields = ["language"]
