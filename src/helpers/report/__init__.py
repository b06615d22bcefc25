"""The report: executed notebooks as pages, an index before them, and what notebooks use to show things."""

from helpers.report.render import glance, render

__all__ = ["glance", "render"]
