"""What PostgreSQL believes of its tables, made true before work that reads them whole: it plans by it."""

import logging

from django.db import DatabaseError, connection, transaction

log = logging.getLogger(__name__)


def refresh(*models) -> None:
    """Have the rows of these tables counted again, those of the transaction under way included.

    After thousands of rows came in, the plans of a minute ago take seconds a slice until the server counts by itself.
    A table that another session counts, or that this role doesn't own, is left; on SQLite nothing happens.
    """
    if connection.vendor != "postgresql":
        return
    names = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in models)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"ANALYZE (SKIP_LOCKED) {names}")
    except DatabaseError as fault:
        log.warning("statistics not refreshed: %s", type(fault).__name__)
