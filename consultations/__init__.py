"""Consultations: dossiers, questionnaires, reform texts and ratings. The room is reserved; nothing is installed yet."""
