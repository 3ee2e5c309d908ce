"""Ballots: a question put to a frozen electorate, votes nobody reads, a count that anybody can check."""
