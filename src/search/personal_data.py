"""What the index keeps about people."""

from src.foundations import personal_data

from .models import CommonStem, SearchDocument

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
    CommonStem,
    owner="search",
    classification="C1",
    retention=None,
    export=None,
    erase=None,
    reason="Counts of usual words, of eleven documents at least; made again each day.",
)
