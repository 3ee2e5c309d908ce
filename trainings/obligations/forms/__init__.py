"""Forms of human resources."""
