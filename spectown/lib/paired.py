"""Somebody did it, at a time: both known or neither, as a constraint of the database."""

from __future__ import annotations

from django.db.models import CheckConstraint, Q


def paired(step: str, model: str) -> CheckConstraint:
    """`<step>_at` and `<step>_by` of a model are empty only together; `model` begins the constraint's name."""
    none = Q(**{f"{step}_at__isnull": True, f"{step}_by__isnull": True})
    both = Q(**{f"{step}_at__isnull": False, f"{step}_by__isnull": False})
    return CheckConstraint(condition=none | both, name=f"{model}_{step}_at_and_by")
