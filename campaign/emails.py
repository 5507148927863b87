"""The letters that the public side causes."""

from home.addresses import absolute
from home.mail import Letter, letter
from home.models import Mail, User

from .models import Report


@letter("report")
def report(mail: Mail) -> Letter | None:
    """That a reader finds something wrong, told to one coordinator; nothing once the item is gone or it was handled."""
    person = User.objects.coordinators().filter(pk=mail.data["person"]).first()
    row = Report.objects.select_related("item__campaign").filter(pk=mail.data["about"]).first()
    if person is None or row is None or row.handled_at:
        return None
    context = {"report": row, "campaign": row.item.campaign, "url": absolute(row.item.get_absolute_url())}
    return Letter(person.email, "report", context)
