"""Properties; each docstring is the sentence of the rule that it proves."""
