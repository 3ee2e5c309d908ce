"""Rating points: what visitors say after a service, what is reported, and what the City tells of it."""
