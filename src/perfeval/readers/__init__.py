"""Turn files and plain dicts into sheets and rulebooks; errors become findings."""
