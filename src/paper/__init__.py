"""The paper door: sheets printed from the web's own forms, typed back with a second look, followed by a code."""
