"""People's rights over what is held of them, and what the data protection officer reads and writes."""
