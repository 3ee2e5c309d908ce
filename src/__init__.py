"""Terrain's shared floors; each package below is one room with one purpose."""
