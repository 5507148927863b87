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

__all__ = [
    "confirm",
    "consents",
    "edit",
    "join",
    "known_organisation",
    "mine",
    "new_link",
    "own",
    "own_partners",
    "partner",
    "partner_lead",
    "people",
    "sent",
    "submit",
    "withdraw",
]
