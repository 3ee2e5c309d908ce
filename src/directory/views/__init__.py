"""Pages of the sign-in door."""
