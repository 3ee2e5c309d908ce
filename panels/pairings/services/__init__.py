"""What pairs two questionnaires, opens the second, and tells both."""

from .pairing import end_of_panels, give_up, link, open_after, settle, unlink

__all__ = ["end_of_panels", "give_up", "link", "open_after", "settle", "unlink"]
