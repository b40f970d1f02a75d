"""Tests of the form as a workbook."""
