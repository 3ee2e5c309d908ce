"""The directory in the Wagtail admin: units, people, roles and absences, for administrators alone."""
