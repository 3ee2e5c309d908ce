"""Tags of the pages of sessions."""
