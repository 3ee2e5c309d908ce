"""Who is who: units, agents, roles, sign-in, and the viewer every gate asks."""
