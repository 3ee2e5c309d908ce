"""What the cellar's own tables hold about people: next to nothing, and for how long."""

from django.utils.translation import gettext_lazy as _

from . import code_words, journal, outbox, personal_data, ratelimit, runs
from .models import AuditEntry, JobRun, Lease, OutboxEvent, RateBucket, Seal, TickRun


def _own_entries(user):
    """What the journal says a person did, for that person."""
    rows = AuditEntry.objects.filter(actor=journal.pseudonym(user)).order_by("pk")
    return ({"at": row.at, "verb": row.verb, "on": row.object_ref} for row in rows)


def _own_runs(user):
    rows = JobRun.objects.filter(owner=user).order_by("created_at")
    return ({"name": row.name, "state": row.state, "at": row.created_at} for row in rows)


def _erase_runs(user) -> int:
    return JobRun.objects.filter(owner=user).delete()[0]


def _purge_outbox(now, apply: bool) -> int:
    if apply:
        return outbox.purge(now)
    return OutboxEvent.objects.filter(done_at__lt=now - outbox.KEPT_ONCE_DONE).count()


def _purge_buckets(now, apply: bool) -> int:
    if apply:
        return ratelimit.purge(now)
    return RateBucket.objects.filter(refilled_at__lt=now.timestamp() - 86_400).count()


personal_data.declare(
    OutboxEvent,
    owner="foundations",
    classification="C3",
    retention="seven days once done; a secret row leaves as soon as it is done",
    export=None,
    erase=None,
    reason="Effects on their way: ids, gone within minutes, what concerns protected authorship encrypted.",
    purge=_purge_outbox,
)
personal_data.declare(
    Lease,
    owner="foundations",
    classification="C1",
    retention=None,
    export=None,
    erase=None,
    reason="Names of processes; one row per loop, rewritten forever.",
)
personal_data.declare(
    AuditEntry,
    owner="foundations",
    classification="C3",
    retention=_("five years, under a pseudonym"),
    export=_own_entries,
    title=_("What I did that is journalled"),
    words={"verb": code_words.reader("verb"), "on": personal_data.file_only},
    erase=None,
    reason="Append-only: an erased account leaves a pseudonym without a person, and the chain still verifies.",
)
personal_data.declare(
    Seal,
    owner="foundations",
    classification="C1",
    retention="as long as the rows they seal",
    export=None,
    erase=None,
    reason="Hashes of rows that hold no name.",
)
personal_data.declare(
    RateBucket,
    owner="foundations",
    classification="C2",
    retention="one day after the last attempt",
    export=None,
    erase=None,
    reason="Keyed hashes that nobody can turn back into an address or a number.",
    purge=_purge_buckets,
)
personal_data.declare(
    TickRun,
    owner="foundations",
    classification="C1",
    retention=None,
    export=None,
    erase=None,
    reason="Names of functions and moments; one row per function.",
)
personal_data.declare(
    JobRun,
    owner="foundations",
    classification="C2",
    retention=_("thirty days after the end"),
    export=_own_runs,
    title=_("Long work I asked for"),
    words={"name": code_words.reader("job")},
    erase=_erase_runs,
    reason="Who asked for an export or an import, and how far it went.",
    purge=runs.purge,
)
