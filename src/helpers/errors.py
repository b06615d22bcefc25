"""The one error type that is shown to a user as a single line."""


class ParallaxError(Exception):
    """A problem the user can cure; the message names the file, the place and the cure."""
