from django import forms
from django.utils.translation import gettext_lazy as _

from campaign.characters import writable
from campaign.models import Report
from home.wording import Worded


class MessageField(forms.CharField):
    def to_python(self, value: object) -> str:
        """What was typed, with its lines as the page counts them: a browser sends each break as two characters."""
        return writable(super().to_python(value).replace("\r\n", "\n"))


class ReportForm(Worded, forms.ModelForm):
    class Meta:
        model = Report
        fields = ["message"]
        field_classes = {"message": MessageField}
        widgets = {"message": forms.Textarea(attrs={"rows": 6})}
        error_messages = {"message": {"required": _("Say what is wrong.")}}
        help_texts = {"message": _("Say what is wrong and how you know. Your name is not asked.")}
