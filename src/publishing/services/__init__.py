"""Verbs of publishing: put the site and the review in place, load the demo city's pages."""
