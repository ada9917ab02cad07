"""Codes that people compare by eye."""


def short_code(digest: str) -> str:
    """Ten signs of a hash that a person can compare: 1A2B3-C4D5E."""
    return f"{digest[:5]}-{digest[5:10]}".upper()
