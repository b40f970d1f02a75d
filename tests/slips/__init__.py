"""Tests of slips of the hand."""
