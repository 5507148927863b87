"""The one signal by which later apps hear of a submission.

Sent inside the transaction with `submission`, `what` ("status", "consent", "text" or "erasure") and `at`.
Receivers only write rows. After "erasure" they empty what they keep of the submission's words.
"""

from django.dispatch import Signal

submission_changed = Signal()
