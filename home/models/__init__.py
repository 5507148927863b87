from .images import Picture, Rendition
from .mail import Mail
from .public_version import PublicVersion
from .settings import SiteSettings
from .timer import TimerRun
from .user import User

__all__ = ["Mail", "Picture", "PublicVersion", "Rendition", "SiteSettings", "TimerRun", "User"]
