"""Tests of ideas: the rules, the verbs, the reads."""
