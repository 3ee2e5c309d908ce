"""Forms of questionnaires."""
