"""The fault campaign: a city of its own on services of its own, attacked while people write (docs/faults.md)."""
