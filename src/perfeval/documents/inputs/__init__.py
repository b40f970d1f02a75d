"""The files that users write: how they begin, what goes where, and writing them back."""
