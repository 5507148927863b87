"""The form by which editors add and change pictures."""

from modeltranslation.utils import get_language
from wagtail.images.forms import BaseImageForm

from home.models.images import DESCRIPTIONS


class PictureForm(BaseImageForm):
    """Asks for the text alternative in the editor's own language; a picture that has one in another may keep to it."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        code = self.instance.described_in or get_language()
        self.fields[DESCRIPTIONS[code]].required = True
