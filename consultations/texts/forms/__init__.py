"""What is typed about texts."""
