"""Consultations: dossiers, where several activities stand side by side, and what came of them."""
