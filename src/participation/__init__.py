"""Spaces, phases, circles, identity modes, supports and comments, shared by the four apps."""
