from .feedback import FeedbackField, FeedbackPage
from .images import Picture, Rendition
from .mail import Mail
from .pages import InfoPage
from .public_version import PublicVersion
from .settings import SiteSettings
from .timer import TimerRun
from .user import User

__all__ = [
    "FeedbackField",
    "FeedbackPage",
    "InfoPage",
    "Mail",
    "Picture",
    "PublicVersion",
    "Rendition",
    "SiteSettings",
    "TimerRun",
    "User",
]
