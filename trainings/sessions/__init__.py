"""Sessions of trainings: a trainer, a room, half-days, seats, presence."""
