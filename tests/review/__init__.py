"""Tests of what reviewers do with results."""
