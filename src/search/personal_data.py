"""What the index keeps about people."""

from src.foundations import personal_data

from .models import KnownStem, SearchDocument

personal_data.declare(
    SearchDocument,
    owner="search",
    classification="C2",
    retention=None,
    export=None,
    erase=None,
    reason="A copy of the words of contributions, without authors; it leaves with the contribution, and "
    "search_rebuild makes it again.",
)
personal_data.declare(
    KnownStem,
    owner="search",
    classification="C2",
    retention=None,
    export=None,
    erase=None,
    reason="Words of the index and how often they appear; counted again each day.",
)
