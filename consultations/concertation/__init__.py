"""Concertation spaces: the standing meetings of a unit, whose commitments become measures."""
