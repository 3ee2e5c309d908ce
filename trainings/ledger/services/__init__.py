"""What changes the ledger: facts are added, and never otherwise touched."""

from .recording import Fact, record_completion, record_completions
from .revoking import revoke

__all__ = ["Fact", "record_completion", "record_completions", "revoke"]
