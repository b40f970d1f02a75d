"""Rulebooks (评分办法) in words: what they say, and what changes between them."""
