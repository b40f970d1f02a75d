"""Tests of what reviewers hand on."""
