"""Statements that members of a panel agree with or not, and the map of what they share and what divides them."""
