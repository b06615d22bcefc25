"""The lenses: pure functions from an article and its parse to rows of findings."""
