"""French as one says it: « 1er décembre 2026 à 5 h 30 ». The rest is Django's own."""

TIME_FORMAT = r"G \h i"
DATETIME_FORMAT = r"j F Y \à G \h i"
