"""Published tables as cases: as filed, and what the rules give."""
