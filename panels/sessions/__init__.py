"""Sessions of a panel: agenda, documents, who is heard, presence, half-days paid, tables, and what is posted."""
