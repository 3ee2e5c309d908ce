"""How each language writes days, hours and numbers where Django's own way isn't the city's."""
