"""Views of the wall."""
