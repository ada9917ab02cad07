"""The one exception by which a service says no."""


class Refused(Exception):
    """The change cannot be made; the message says why and what to do, in Chinese."""
