"""The staff file: read whatever a personnel office exports, check all of it, then write it in bulk."""
