"""Structured logs: one JSON line a record, allow-listed keys, a request id, never a name or a query string."""

import json
import logging
import re
import sys
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

OURS = "terrain"
current_request_id: ContextVar[str] = ContextVar("terrain_request_id", default="")
# What a line may carry beside its moment, level, logger, event and request id. Ids and counts; nobody's words.
ALLOWED_KEYS = frozenset(
    {
        "added", "attempts", "bucket", "channel", "check", "code", "command", "count", "created", "deleted", "done",
        "duration_ms", "error", "errors", "head", "ip_net", "job", "kind", "language", "limit", "mail_id", "method",
        "model",
        "periodic", "phase", "read", "reference", "role", "route", "row", "run", "seq", "stage",
        "state", "status", "stream", "template", "topic", "total", "transition", "unchanged", "unit", "updated",
        "version",
    }
)  # fmt: skip
_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName", "request", "status_code"}
_EVENT = re.compile(r"[a-z0-9_.]{1,80}")
_SCRUBBED = re.compile(r"[^\s<>]+@[^\s<>]+|\?[^\s]+|'[^']*'|\"[^\"]*\"|«[^»]*»|\d{4,}")
_FRAMES = 12


class JsonFormatter(logging.Formatter):
    """Writes a record as one JSON object. Unknown keys, arguments of messages, and texts of errors are left out."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": self._event(record),
        }
        if request_id := getattr(record, "request_id", "") or current_request_id.get():
            line["request"] = request_id
        extra = {key: value for key, value in vars(record).items() if key not in _STANDARD and key != "request_id"}
        line.update({key: _plain(value) for key, value in extra.items() if key in ALLOWED_KEYS})
        if refused := sum(key not in ALLOWED_KEYS for key in extra):
            line["refused_keys"] = refused
        if record.exc_info and record.exc_info[0]:
            line["exception"] = record.exc_info[0].__name__
            line["trace"] = _trace(record.exc_info[2])
        return json.dumps(line, ensure_ascii=False, separators=(",", ":"))

    @staticmethod
    def _event(record: logging.LogRecord) -> str:
        """Ours: a constant word with dots. Others': their sentence without its arguments, scrubbed."""
        template = str(record.msg)
        if record.name.split(".")[0] == OURS:
            return template if _EVENT.fullmatch(template) else "refused"
        return _SCRUBBED.sub("…", template).replace("\n", " ")[:200]


def _plain(value):
    """A value a line may hold: a number, a truth, or a short word."""
    if isinstance(value, bool | int | float) or value is None:
        return value
    return str(value)[:120]


def _trace(traceback) -> list[str]:
    """Where an error went through, without the values it met."""
    places = []
    while traceback is not None:
        code = traceback.tb_frame.f_code
        places.append(f"{Path(code.co_filename).name}:{traceback.tb_lineno} {code.co_name}")
        traceback = traceback.tb_next
    return places[-_FRAMES:]


class _OurHandler(logging.StreamHandler):
    """The handler put on the root once."""

    def __init__(self):
        super().__init__()
        self.setFormatter(JsonFormatter())

    @property
    def stream(self):
        return sys.stderr

    @stream.setter
    def stream(self, value):
        """Always the standard error of the moment: a captured one may be closed."""


def configure() -> None:
    """Send every logger of the process through the formatter above; safe to call twice."""
    root = logging.getLogger()
    if not any(isinstance(handler, _OurHandler) for handler in root.handlers):
        root.addHandler(_OurHandler())
    level = getattr(settings, "TERRAIN_LOG_LEVEL", "") or ("WARNING" if settings.TERRAIN_DEMO else "INFO")
    root.setLevel("WARNING")
    logging.getLogger(OURS).setLevel(level)
    # Django's own console handlers would write arguments, addresses and query strings.
    for name in ("django", "django.server", "django.request", "rq", "rq.worker", "waitress", "gunicorn.error"):
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True
    logging.captureWarnings(True)
