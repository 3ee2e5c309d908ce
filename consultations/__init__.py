"""Consultations: dossiers, questionnaires, reform texts, ratings. The room is reserved; nothing is installed yet."""
