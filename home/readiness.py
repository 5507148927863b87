"""Whether the portal can do its work: what /readyz asks, each answer a sentence for the operator."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from home.models import Mail

STUCK_AFTER = timedelta(minutes=15)
FLOOD_WITHIN = timedelta(hours=1)
FLOOD = 20

Check = Callable[[datetime], str | None]


def migrations(at: datetime) -> str | None:
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not missing:
        return None
    names = ", ".join(f"{migration.app_label}.{migration.name}" for migration, _ in missing[:5])
    return f"{len(missing)} migrations are missing, beginning with {names}; run manage.py migrate."


def mail_is_moving(at: datetime) -> str | None:
    oldest = Mail.objects.due(at).values_list("next_try_at", flat=True).first()
    if oldest is None or at - oldest <= STUCK_AFTER:
        return None
    minutes = int((at - oldest).total_seconds() // 60)
    return f"Mail has been waiting for {minutes} minutes; is script/work running, and does EMAIL_URL answer?"


def mail_is_accepted(at: datetime) -> str | None:
    failed = Mail.objects.filter(state=Mail.State.FAILED, closed_at__gt=at - FLOOD_WITHIN).count()
    if failed < FLOOD:
        return None
    return f"{failed} mails were given up within an hour; see the mail ledger in the admin for the errors."


def shared_cache(at: datetime) -> str | None:
    try:
        cache.set("readyz", at.isoformat(), 60)
        answers = cache.get("readyz") == at.isoformat()
    except Exception as error:  # each cache has errors of its own
        return f"The cache does not answer ({type(error).__name__}); see CACHE_URL."
    return None if answers else "The cache forgets at once; see CACHE_URL."


CHECKS: dict[str, Check] = {
    "migrations": migrations,
    "mail_is_moving": mail_is_moving,
    "mail_is_accepted": mail_is_accepted,
    "cache": shared_cache,
}


def troubles(at: datetime) -> dict[str, str]:
    """What keeps the portal from its work, by check; empty when all is well."""
    try:
        connection.ensure_connection()
        found = {name: check(at) for name, check in CHECKS.items()}
    except DatabaseError as error:
        return {"database": f"The database does not answer ({type(error).__name__}); see DATABASE_URL."}
    return {name: sentence for name, sentence in found.items() if sentence}
