"""Tests of the proofreading of published accounts."""
