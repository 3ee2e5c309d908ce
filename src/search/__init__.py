"""Finding things: the French analyser, the index on both databases, similar contributions."""
