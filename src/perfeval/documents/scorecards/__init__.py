"""Scorecards on a terminal: points, their derivation, and several rulebooks side by side."""
