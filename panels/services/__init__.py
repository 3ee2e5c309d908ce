"""What changes something in panels, one transaction each."""
