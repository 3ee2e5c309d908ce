"""The same questionnaire before and after the work of a panel, told without knowing who said what."""
