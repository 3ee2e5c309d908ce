"""Views of questionnaires."""
