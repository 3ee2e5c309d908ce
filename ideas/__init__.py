"""Ideas: from proposal to decision."""
