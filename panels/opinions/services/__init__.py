"""What changes recommendations, votes, opinions and replies; one module a step of their way."""
