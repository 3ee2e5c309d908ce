"""What is typed about sessions."""
