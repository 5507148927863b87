from .attachments import move_own_file, own_file, own_file_content, own_files, remove_own_file
from .care import new_link, people
from .confirm import confirm
from .edit import edit
from .join import join
from .links import mine
from .organisations import known_organisation
from .own import consents, own, withdraw
from .partner import partner, partner_lead
from .partners import own_partners
from .sent import sent
from .submit import submit
from .translations import translation, translations

__all__ = [
    "confirm",
    "consents",
    "edit",
    "join",
    "known_organisation",
    "mine",
    "move_own_file",
    "new_link",
    "own",
    "own_file",
    "own_file_content",
    "own_files",
    "own_partners",
    "partner",
    "partner_lead",
    "people",
    "remove_own_file",
    "sent",
    "submit",
    "translation",
    "translations",
    "withdraw",
]
