"""Tests of what is drafted from published accounts."""
