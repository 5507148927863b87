from django import forms
from django.utils.translation import gettext_lazy as _

from campaign.models import Report
from home.typed import TextField
from home.wording import Worded


class ReportForm(Worded, forms.ModelForm):
    class Meta:
        model = Report
        fields = ["message"]
        field_classes = {"message": TextField}
        widgets = {"message": forms.Textarea(attrs={"rows": 6})}
        error_messages = {"message": {"required": _("Say what is wrong.")}}
        help_texts = {"message": _("Say what is wrong and how you know. Your name is not asked.")}
