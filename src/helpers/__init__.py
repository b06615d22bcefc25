"""Parallax: how several articles tell one story."""
