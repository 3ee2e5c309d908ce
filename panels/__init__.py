"""Panels: who is asked, who registers, what the panel must reflect, and the draw."""
