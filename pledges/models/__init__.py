from .consent import Consent, ConsentWording, Purpose
from .organisation import Organisation, Participation
from .submission import Status, Submission
from .version import Action, Exchange, Version

__all__ = [
    "Action",
    "Consent",
    "ConsentWording",
    "Exchange",
    "Organisation",
    "Participation",
    "Purpose",
    "Status",
    "Submission",
    "Version",
]
