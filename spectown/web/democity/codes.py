"""Credit codes (GB 32100) for synthetic enterprises: right in form and check digit, in a range that nobody issues."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = np.array([pow(3, i, 31) for i in range(17)], dtype=np.int64)
_VALUE = np.full(128, -1, dtype=np.int64)
_VALUE[[ord(c) for c in ALPHABET]] = np.arange(31)


def demo_codes(prefixes: NDArray[np.object_], numbers: NDArray[np.int64]) -> list[str]:
    """18 characters each: prefix of 8 (registration authority and county), DE, seven digits, check digit.

    Real subject codes never start with DE followed by seven running digits, so none is anybody's.
    """
    stems = [f"{prefix}DE{number:07d}" for prefix, number in zip(prefixes, numbers, strict=True)]
    if not stems:
        return []
    bytes_ = np.frombuffer("".join(stems).encode("ascii"), dtype=np.uint8).reshape(len(stems), 17)
    checks = (31 - (_VALUE[bytes_] * WEIGHTS).sum(axis=1) % 31) % 31
    return [stem + ALPHABET[check] for stem, check in zip(stems, checks, strict=True)]
