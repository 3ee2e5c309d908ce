"""People without e-mail: how they ask to be told, and the letters, text messages and calls that carry it to them."""
