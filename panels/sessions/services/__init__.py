"""What changes something in sessions, one transaction each."""
