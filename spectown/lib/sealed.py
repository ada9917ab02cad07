"""Secrets kept in the database: encrypted (Fernet) under a key derived from SECRET_KEY for one use each."""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def sealer(use: str) -> Fernet:
    """The cipher of one use (HKDF-SHA256, RFC 5869); what was sealed for another use cannot be opened with it."""
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"spectown {use}".encode()).derive(
        settings.SECRET_KEY.encode()
    )
    return Fernet(base64.urlsafe_b64encode(key))


def seal(text: str, use: str) -> str:
    """Plain text to token; empty stays empty."""
    return sealer(use).encrypt(text.encode()).decode() if text else ""


def unseal(token: str, use: str) -> str:
    """Token to plain text; raises InvalidToken where SECRET_KEY is not the one it was made with."""
    return sealer(use).decrypt(token.encode()).decode() if token else ""
