"""The one signal by which later apps hear of a submission.

Sent inside the transaction with `submission`, `what` ("status", "consent", "text", "participants" or "erasure") and
`at`. "participants" says that who takes part has changed, or what they say of themselves.
Receivers only write rows. After "erasure" they empty what they keep of the submission's words.
"""

from django.dispatch import Signal

submission_changed = Signal()
