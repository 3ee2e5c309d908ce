"""What panels are asked between two sittings."""
