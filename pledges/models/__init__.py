from .attachment import Attachment
from .caught import CaughtDay
from .consent import AskedAnew, Consent, ConsentWording, Purpose
from .organisation import Organisation, Participation
from .submission import Status, Submission
from .translation import Translation
from .unsent import UnsentForm, UnsentText
from .version import Action, Exchange, Version

__all__ = [
    "Action",
    "AskedAnew",
    "Attachment",
    "CaughtDay",
    "Consent",
    "ConsentWording",
    "Exchange",
    "Organisation",
    "Participation",
    "Purpose",
    "Status",
    "Submission",
    "Translation",
    "UnsentForm",
    "UnsentText",
    "Version",
]
