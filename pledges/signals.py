"""The one signal by which later apps hear of a submission.

Sent inside the transaction with `submission`, `what` ("status", "consent" or "text") and `at`.
Receivers only write rows.
"""

from django.dispatch import Signal

submission_changed = Signal()
