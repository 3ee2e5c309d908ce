"""Pages of people, and of the data protection officer."""
