"""Forms of ballots."""
