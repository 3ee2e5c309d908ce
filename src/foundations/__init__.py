"""The cellar: clock, references, safe text, uploads, exports, outbox, journal, sealing, personal data, health."""
