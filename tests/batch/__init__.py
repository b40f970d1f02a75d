"""Many sheets become rows, in one process and in several."""
