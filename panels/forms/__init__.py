"""Forms of panels."""
