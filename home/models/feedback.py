"""A page with a form that an editor composes: for contact, and for feedback on accessibility."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.contrib.forms.forms import BaseForm, FormBuilder
from wagtail.contrib.forms.models import AbstractForm, AbstractFormField
from wagtail.fields import StreamField
from wagtail.models import Page, TranslatableMixin
from wagtail_localize.fields import SynchronizedField, TranslatableField

from home.blocks import BodyBlock
from home.robots import Gate, Verdict
from home.trap import is_caught
from home.typed import AddressField, LineField, TextField, WebField
from home.wording import Worded

from .pages import PortalPage

GATE = Gate(
    form="feedback",
    quickest=timedelta(seconds=3),
    hasty=5,
    unproven=5,
    proven=60,
    later=_("You have written many times within an hour. Please try again later."),
)


class FeedbackField(TranslatableMixin, AbstractFormField):
    page = ParentalKey("FeedbackPage", on_delete=models.CASCADE, related_name="form_fields")

    translatable_fields = [
        TranslatableField("label"),
        TranslatableField("help_text"),
        TranslatableField("choices"),
        SynchronizedField("clean_name"),
        SynchronizedField("field_type"),
        SynchronizedField("required"),
    ]

    class Meta(AbstractFormField.Meta, TranslatableMixin.Meta):
        verbose_name = _("form field")
        verbose_name_plural = _("form fields")


class CleaningFormBuilder(FormBuilder):
    """Gives what people write in to the portal's own fields, which clean it and say how long it may be."""

    def create_singleline_field(self, field: FeedbackField, options: dict[str, Any]) -> forms.Field:
        return LineField(max_length=255, **options)

    def create_multiline_field(self, field: FeedbackField, options: dict[str, Any]) -> forms.Field:
        return TextField(max_length=4000, **options)

    def create_email_field(self, field: FeedbackField, options: dict[str, Any]) -> forms.Field:
        return AddressField(**options)

    def create_url_field(self, field: FeedbackField, options: dict[str, Any]) -> forms.Field:
        return WebField(**options)

    def create_hidden_field(self, field: FeedbackField, options: dict[str, Any]) -> forms.Field:
        return LineField(max_length=255, widget=forms.HiddenInput, **options)

    def get_form_class(self) -> type[BaseForm]:
        return type("FeedbackForm", (Worded, super().get_form_class()), {})


class FeedbackPage(PortalPage, AbstractForm):
    """What is written through the form is stored, and told to the coordinators through the mail ledger."""

    introduction = models.CharField(_("introduction"), max_length=300, blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)
    thanks = models.CharField(_("words of thanks"), max_length=250, blank=True)

    form_builder = CleaningFormBuilder
    template = "home/feedback_page.html"
    content_panels = [
        *Page.content_panels,
        FieldPanel("introduction"),
        FieldPanel("body"),
        InlinePanel("form_fields", label=_("Form field")),
        FieldPanel("thanks"),
    ]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("feedback page")
        verbose_name_plural = _("feedback pages")

    def serve(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.method != "POST":
            return super().serve(request, *args, **kwargs)
        at, key = timezone.now(), str(self.pk)
        form, verdict = self.get_form(request.POST, page=self, user=request.user), None
        if form.is_valid():
            verdict = Verdict.WELCOME if is_caught(request.POST) else GATE.judge(request, at=at, key=key)
            if verdict is Verdict.WELCOME:
                return self._thank(request, form, at)
            form.add_error(None, GATE.says(verdict))
        context = self.get_context(request, is_known=verdict is Verdict.ONCE_MORE) | {"form": form}
        return TemplateResponse(request, self.template, context)

    def get_context(self, request: HttpRequest, *args, is_known: bool = False, **kwargs) -> dict[str, Any]:
        marks = GATE.marks(request, at=timezone.now(), key=str(self.pk), is_known=is_known)
        return super().get_context(request, *args, **kwargs) | {"marks": marks}

    def _thank(self, request: HttpRequest, form, at: datetime) -> HttpResponse:
        """Robots that fell into the trap are thanked as well, and nothing is kept of them."""
        from home.feedback import receive  # it writes to the ledger, which is made of models itself

        if not is_caught(request.POST):
            receive(self, form.cleaned_data, at=at)
        messages.success(
            request, self.thanks or gettext("Thank you. Your message has reached the coordinators.")
        )
        return HttpResponseRedirect(self.get_url(request), status=303)
