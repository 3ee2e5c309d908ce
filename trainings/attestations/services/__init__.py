"""What attestations do: issue, print, print again, print for a site."""

from .printing import NoLongerCounts, Printed, print_one

__all__ = ["NoLongerCounts", "Printed", "print_one"]
