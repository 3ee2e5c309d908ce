"""Recommendations, votes, opinions and replies of panels."""
