"""What people are told: inbox, mail, preferences, and the to-do list of the home page."""
