"""Screens of agents, organisers and trainers."""
