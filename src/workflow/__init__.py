"""The engine: processes, stages, transitions, and the one door that moves a subject."""
