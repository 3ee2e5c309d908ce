"""Several writers at once: on PostgreSQL as it is; on SQLite in a file, since a database in memory has one door."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from threading import Barrier

from django.db import connection, connections

from src.foundations.testing import drain_outbox


@contextmanager
def several_writers(tmp_path):
    """Yields ``run(functions) -> results``: each function in its own thread, all started at the same moment."""
    settings = connections.settings["default"]
    in_memory = settings["NAME"]
    if connection.vendor == "sqlite":
        path = tmp_path / "terrain.sqlite3"
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(path)])
        # Done once, alone: connections that all turn the file to WAL at the same moment find it locked.
        with closing(sqlite3.connect(path)) as file:
            file.execute("PRAGMA journal_mode=WAL")
        settings["NAME"] = str(path)
    try:
        yield run
        # What the writers left due is run where they wrote it.
        run([drain_outbox])
    finally:
        settings["NAME"] = in_memory


def run(functions):
    """Run functions at once, each on its own connection; the first exception comes out."""
    barrier = Barrier(len(functions))

    def alone(function):
        barrier.wait(timeout=30)
        try:
            return function()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(functions)) as pool:
        return [future.result(timeout=120) for future in [pool.submit(alone, function) for function in functions]]
