from .care import new_link, people
from .confirm import confirm
from .edit import edit
from .links import mine
from .own import consents, own, withdraw
from .sent import sent
from .submit import submit

__all__ = ["confirm", "consents", "edit", "mine", "new_link", "own", "people", "sent", "submit", "withdraw"]
