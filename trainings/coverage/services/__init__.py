"""What changes coverage: targets set, months kept."""
