"""Rating points: what visitors say, what is told of it."""
