"""Drawing by a recorded seed, the same on any machine: order by SHA-256 of seed, purpose and number (docs: experts)."""

from collections.abc import Iterable
from hashlib import sha256


def key(seed: str, *names: str) -> str:
    """SHA-256 in hex of the UTF-8 of seed and names, one a line; `printf 'seed\\nname' | sha256sum` gives the same.

    Raises ValueError for an empty seed, or a line break that would make two different lists of names alike.
    """
    if not seed or any("\n" in each for each in (seed, *names)):
        raise ValueError("a seed is not empty, and neither seed nor name has a line break")
    return sha256("\n".join((seed, *names)).encode()).hexdigest()


def shuffled(seed: str, purpose: str, numbers: Iterable[str]) -> list[str]:
    """The numbers in the order of their keys; each number's place does not depend on the order they came in."""
    return sorted(set(numbers), key=lambda number: (key(seed, purpose, number), number))
