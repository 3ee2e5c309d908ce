"""The screens of ideas: each parses, calls one service or selector, and answers."""
