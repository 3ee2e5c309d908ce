"""A tiny app of the suite: something concrete for the engine to move."""
