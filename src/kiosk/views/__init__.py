"""Views of kiosks: the visit, the door, proposing, and the devices themselves."""
