"""The scoring engine: one small file for each method, all with the same signature."""
