"""The line scanner against the parser: data, places, problems and remarks are equal."""
