"""Editors' pages: home, dossiers, outcomes, news, and the block palette."""
