"""When more people come than the machine bears: those who can't be answered in time are told so at once, in words.

Without it a queue serves those who left: each answer comes after its reader's patience, and each second try lengthens
the queue. The proxy in front stamps each request (``X-Request-Start: t=1700000000.123``) when it hands it over.
"""

import threading
import time

from django.conf import settings
from django.utils import translation

from src.directory import language
from src.foundations import metrics

from . import errors

# Nobody is refused for a hitch: while the queue isn't known to stand, one waits up to this.
PATIENCE = 3.0
# A queue stands when for so long nobody came through it soon; it is gone once for so long everybody did.
STANDS_AFTER = 2.0
GONE_AFTER = 1.0
# A process that served nobody for so long kept nobody waiting: the stamp is wrong, or the network is slow.
IDLE = 0.05
# The proxy gives up before that: another clock, not a wait.
ABSURD = 60.0
# Probes say how the machine is: they are never refused.
_PROBES = ("/healthz", "/readyz", "/metrics")


class Queue:
    """What one process knows of the queue before it, told by how long each request waited (controlled delay)."""

    def __init__(self, soon: float):
        self.soon = soon
        self.stands = False
        self._over_since: float | None = None
        self._last_over = float("-inf")

    def refuses(self, waited: float, now: float) -> bool:
        """Whether a request that waited so long, and reaches a thread now, is refused.

        While the queue stands, above ``soon``; otherwise above ``PATIENCE``.
        """
        if waited > self.soon:
            self._last_over = now
            if self._over_since is None:
                self._over_since = now
            if now - self._over_since > STANDS_AFTER:
                self.stands = True
        else:
            self._over_since = None
            if now - self._last_over > GONE_AFTER:
                self.stands = False
        return waited > (self.soon if self.stands else PATIENCE)

    def forget(self) -> None:
        """Nobody was being served: whatever the stamp says, there is no queue."""
        self.stands, self._over_since = False, None


class CrowdMiddleware:
    """Refuses with the page of 503, ``Retry-After`` and what was typed, before any session or statement.

    ``TERRAIN_WAIT_SECONDS`` is how long one may wait while the queue stands; 0 lets everybody wait. A request without
    a stamp (no proxy) is never refused.
    """

    def __init__(self, get_response):
        self.get_response = get_response
        self.queue = Queue(settings.TERRAIN_WAIT_SECONDS)
        self._lock = threading.Lock()
        self._serving = 0
        self._idle_since = float("-inf")

    def __call__(self, request):
        if self._is_refused(request):
            metrics.crowded.inc()
            with translation.override(language.of_device(request)):
                response = errors.unavailable(request)
            # The middleware that tells the length is beyond; without it the server sends pieces.
            response["Content-Length"] = str(len(response.content))
            return response
        try:
            return self.get_response(request)
        finally:
            with self._lock:
                self._serving -= 1
                self._idle_since = time.monotonic()

    def _is_refused(self, request) -> bool:
        """Look at the stamp; who isn't refused counts as being served."""
        waited, now = waited_for(request), time.monotonic()
        with self._lock:
            if self.queue.soon and waited is not None and not request.path.startswith(_PROBES):
                if not self._serving and now - self._idle_since > IDLE:
                    self.queue.forget()
                elif self.queue.refuses(waited, now):
                    return True
            self._serving += 1
        return False


def waited_for(request) -> float | None:
    """Seconds since the proxy handed the request over; None without a stamp that makes sense."""
    try:
        waited = time.time() - float(request.headers.get("X-Request-Start", "").removeprefix("t="))
    except ValueError:
        return None
    # NaN and the infinities are no moments either.
    return max(0.0, waited) if -ABSURD < waited < ABSURD else None
