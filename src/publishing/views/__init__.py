"""Addresses of publishing besides pages: what an author answers about a quote, cards to take away."""
