"""Views of statements."""
