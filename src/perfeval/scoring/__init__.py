"""The scoring engine: rows by the methods of a rulebook, then sums, goals, caps and the total."""
