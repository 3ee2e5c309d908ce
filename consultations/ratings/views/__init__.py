"""Pages of ratings: the visitor's, everybody's, the handlers'."""
