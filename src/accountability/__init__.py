"""What the city owes: responses promised, decisions prepared and announced."""
