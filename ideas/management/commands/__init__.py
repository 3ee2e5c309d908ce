"""Commands of ideas."""
