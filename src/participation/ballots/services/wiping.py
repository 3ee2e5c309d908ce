"""The rows that a closing leaves dead on PostgreSQL: taken off the tables at once, not when its daemon comes by.

They are closed boxes, which the database can't open; what is gained is that an old copy isn't kept longer than needed.
"""

import logging
from datetime import datetime

from django.db import connection

from ..models import CountedBox, HalfOpened, PairBox, PaperBatch, PaperBox, SealedBox, SimpleVote

log = logging.getLogger("terrain.ballots")
EMPTIED = (SealedBox, SimpleVote, PaperBox, PaperBatch, CountedBox, PairBox, HalfOpened)


def wipe_due(now: datetime) -> list[str]:
    """Vacuum the tables of votes where rows are dead; answers their names. Nothing on SQLite, nor in a transaction.

    Only the tables' owner may: where the ticker runs under a lesser role, PostgreSQL passes over it, and autovacuum
    does it later.
    """
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        return []
    tables = [model._meta.db_table for model in EMPTIED]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_stat_user_tables WHERE relname = ANY(%s) AND n_dead_tup > 0 ORDER BY relname",
            [tables],
        )
        dead = [row[0] for row in cursor.fetchall()]
        for table in dead:
            cursor.execute(f'VACUUM "{table}"')
    if dead:
        log.info("ballots.wiped", extra={"count": len(dead)})
    return dead
