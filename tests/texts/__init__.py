"""Reform texts: cut, commented, rewritten, explained, told."""
