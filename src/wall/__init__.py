"""The weekly sheet of each place: what was proposed and answered here, what is open, on one page for the wall."""
