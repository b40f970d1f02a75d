"""Small changes to the package's code, each of which some test must notice."""
