"""The two streams of the journal that chain the ledger; ``audit_verify`` walks them with the others."""

from src.foundations import journal

from .models import Completion, CompletionRevocation

COMPLETIONS, REVOCATIONS = "completions", "revocations"


def completion_told(row: Completion) -> dict:
    """What is hashed of a completion: all of it."""
    return {
        "agent": row.agent_id,
        "track": row.track_id,
        "version": row.version_id,
        "content_sha256": row.content_sha256,
        "completed_on": row.completed_on,
        "recorded_at": row.recorded_at,
        "method": row.method,
        "minutes": row.minutes,
        "evidence": row.evidence,
        "source": row.source,
        "carries": row.carries_id,
    }


def revocation_told(row: CompletionRevocation) -> dict:
    """What is hashed of a revocation: all of it."""
    return {
        "completion": row.completion_id,
        "reason": row.reason,
        "revoked_by": row.revoked_by,
        "recorded_at": row.recorded_at,
    }


journal.register_stream(COMPLETIONS, Completion, completion_told, moment="recorded_at")
journal.register_stream(REVOCATIONS, CompletionRevocation, revocation_told, moment="recorded_at")
