"""Texts of a reform: cut into units, commented unit by unit, rewritten with the trace of who changed what."""
