"""What people type of recommendations, opinions and replies."""
