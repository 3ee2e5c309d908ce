"""Tables of the ledger: what was completed, and what no longer counts."""

from .completion import Completion, CompletionRevocation

__all__ = ["Completion", "CompletionRevocation"]
