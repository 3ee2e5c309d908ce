"""The count: pure, without a database. A tally is the least from which the figures can be found again."""

from .outcomes import outcome
from .spec import Spec
from .tally import Tally

__all__ = ["Spec", "Tally", "outcome"]
