"""Commands over any number of sheets."""
