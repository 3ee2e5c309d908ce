"""Screens of those who follow a training."""
