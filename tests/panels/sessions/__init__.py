"""Sessions of panels."""
