"""What people are told about ideas: one class per message, in whole sentences, never with a sealed author's name."""

from . import (  # noqa: F401 - they register themselves
    author,
    coauthors,
    cohort,
    conversation,
    credit,
    merging,
    moderation,
    passages,
    reopening,
    staff,
    steps,
)
