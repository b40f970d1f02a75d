"""Tests of perfeval.methods."""
