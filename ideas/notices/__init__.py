"""What people are told about ideas: one class per message, in whole sentences, never with a sealed author's name."""

from . import author, cohort, conversation, merging, moderation, passages, staff, steps  # noqa: F401 - they register themselves
