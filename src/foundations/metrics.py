"""Figures for the city's own monitoring: counters of this server, gauges read from the database when asked.

No label names a person, a unit or a contribution: a fine enough curve would tell who wrote when.
"""

import hmac
import os
from collections.abc import Callable, Iterable
from datetime import timedelta

from django.conf import settings
from django.db.models import Count, Max
from django.http import HttpResponse
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector

from . import clock, outbox
from .models import OutboxEvent, TickRun

_own = CollectorRegistry()
acknowledged = Counter("terrain_acknowledged", "Gestures answered as done", registry=_own)
unavailable = Counter("terrain_unavailable", "Answers 503", registry=_own)
crowded = Counter("terrain_crowded", "Requests refused because they had waited too long", registry=_own)
failed = Counter("terrain_failed", "Answers 500", registry=_own)
duplicates_refused = Counter("terrain_duplicates_refused", "Sendings already received", registry=_own)
gate_refused = Counter("terrain_gate_refused", "Figures hidden for small numbers", registry=_own)

Sample = tuple[dict[str, str], float]
_gauges: dict[str, tuple[str, Callable[[], Iterable[Sample]]]] = {}


def gauge(name: str, meaning: str, read: Callable[[], Iterable[Sample]]) -> None:
    """Add a room's figure: ``read`` gives (labels, value), in one statement, when somebody asks."""
    _gauges[name] = (meaning, read)


class _FromDatabase:
    def collect(self):
        for name, (meaning, read) in sorted(_gauges.items()):
            samples = list(read())
            family = GaugeMetricFamily(name, meaning, labels=sorted(samples[0][0]) if samples else [])
            for labels, value in samples:
                family.add_metric([labels[key] for key in sorted(labels)], value)
            yield family


def may_read(request) -> bool:
    """Whether the request carries the token of settings; without one nobody may."""
    token = getattr(settings, "TERRAIN_METRICS_TOKEN", "")
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return bool(token) and hmac.compare_digest(given.encode(), token.encode())


def exposition() -> HttpResponse:
    """Everything, in the text Prometheus reads; the counters of all workers together under gunicorn."""
    registry = CollectorRegistry()
    registry.register(_FromDatabase())
    body = generate_latest(registry)
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        workers = CollectorRegistry()
        MultiProcessCollector(workers)
        body += generate_latest(workers)
    else:
        body += generate_latest(_own)
    return HttpResponse(body, content_type=CONTENT_TYPE_LATEST)


def _outbox_age():
    return [({}, outbox.lag().total_seconds())]


def _outbox_rows():
    rows = OutboxEvent.objects.filter(done_at=None).aggregate(all=Count("id"), dead=Count("dead_at"))
    return [({"state": "waiting"}, rows["all"] - rows["dead"]), ({"state": "dead"}, rows["dead"])]


def _tick_age():
    last = TickRun.objects.aggregate(last=Max("succeeded_at"))["last"]
    return [({}, (clock.now() - last) / timedelta(seconds=1) if last else -1)]


gauge("terrain_outbox_age_seconds", "Age of the oldest effect due", _outbox_age)
gauge("terrain_outbox_rows", "Effects not done", _outbox_rows)
gauge("terrain_tick_age_seconds", "Since the last periodic work that succeeded; -1 before the first", _tick_age)
