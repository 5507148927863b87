from .attachments import move_own_file, own_file, own_file_content, own_files, remove_own_file
from .calendar import own_calendar
from .care import new_link, people
from .confirm import confirm
from .edit import edit
from .join import join
from .links import mine
from .organisations import known_organisation
from .own import consents, own, withdraw
from .partner import partner, partner_file, partner_lead
from .partners import own_partners
from .receipt import receipt_pdf
from .renew import renew_submission
from .sent import sent
from .submit import submit
from .translations import translation, translations
from .unsent import keep, unsent, unsent_care, unsent_compare, unsent_quiet
from .unsent_edit import compare_edit, keep_edit

__all__ = [
    "compare_edit",
    "confirm",
    "consents",
    "edit",
    "join",
    "keep",
    "keep_edit",
    "known_organisation",
    "mine",
    "move_own_file",
    "new_link",
    "own",
    "own_calendar",
    "own_file",
    "own_file_content",
    "own_files",
    "own_partners",
    "partner",
    "partner_file",
    "partner_lead",
    "people",
    "remove_own_file",
    "receipt_pdf",
    "renew_submission",
    "sent",
    "submit",
    "translation",
    "translations",
    "unsent",
    "unsent_care",
    "unsent_compare",
    "unsent_quiet",
    "withdraw",
]
