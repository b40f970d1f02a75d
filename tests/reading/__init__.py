"""Tables of offices become sheets."""
