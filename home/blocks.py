"""What a page's body is made of."""

import re

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

TEXT_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"]
LINE_FEATURES = ["bold", "italic", "ol", "ul", "link"]


class QuestionBlock(blocks.StructBlock):
    question = blocks.CharBlock(label=_("Question"), max_length=200)
    answer = blocks.RichTextBlock(label=_("Answer"), features=LINE_FEATURES)

    class Meta:
        icon = "help"
        label = _("Question and answer")
        template = "home/blocks/question.html"


class Contact(blocks.StructValue):
    @property
    def dialled(self) -> str:
        """The number as a telephone takes it."""
        return re.sub(r"[^\d+]", "", self["phone"])


class ContactBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=_("Name"), max_length=120)
    role = blocks.CharBlock(label=_("What they help with"), max_length=160, required=False)
    organisation = blocks.CharBlock(label=_("Organisation"), max_length=120, required=False)
    email = blocks.EmailBlock(label=_("E-mail"), required=False)
    phone = blocks.RegexBlock(
        label=_("Phone"),
        regex=r"^\+?[\d ()-]{5,30}$",
        required=False,
        help_text=_("Such as +358 50 123 4567."),
    )

    class Meta:
        icon = "user"
        label = _("Contact person")
        value_class = Contact
        template = "home/blocks/contact.html"


class PictureBlock(blocks.StructBlock):
    """The words for those who do not see the picture stand on the picture itself."""

    picture = ImageChooserBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), max_length=250, required=False)

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "home/blocks/picture.html"


class QuoteBlock(blocks.StructBlock):
    quote = blocks.TextBlock(label=_("Quote"), rows=3)
    by = blocks.CharBlock(label=_("Who said it"), max_length=160, required=False)

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "home/blocks/quote.html"


class BodyBlock(blocks.StreamBlock):
    text = blocks.RichTextBlock(label=_("Text"), features=TEXT_FEATURES)
    question = QuestionBlock()
    contact = ContactBlock()
    picture = PictureBlock()
    quote = QuoteBlock()


class StepBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=60)
    text = blocks.CharBlock(label=_("Text"), max_length=250)

    class Meta:
        icon = "arrow-right"
        label = _("Step")
