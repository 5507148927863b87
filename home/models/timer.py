from django.db import models


class TimerRun(models.Model):
    """When a timer is due next; the row is the workers' lock on it."""

    name = models.CharField(max_length=200, unique=True)
    next_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
