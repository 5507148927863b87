from .confirm import confirm
from .edit import edit
from .links import mine
from .own import consents, own, withdraw
from .sent import sent
from .submit import submit

__all__ = ["confirm", "consents", "edit", "mine", "own", "sent", "submit", "withdraw"]
