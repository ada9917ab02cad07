"""How workbooks name problems: by their number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from spectown.lists.references import Found, Reference, gather
from spectown.supervision.lists.problems import PROBLEMS
from spectown.supervision.models import Problem


def _find(texts: Iterable[str]) -> Found:
    numbers = [(text, pk) for text in set(texts) if (pk := PROBLEMS.pk(text)) is not None]
    known = set(Problem.objects.alive().filter(pk__in=[pk for _, pk in numbers]).values_list("pk", flat=True))
    return gather((text, pk) for text, pk in numbers if pk in known)


def _label(pks: Iterable[int]) -> Mapping[int, str]:
    return {pk: PROBLEMS.number(pk) for pk in pks}


PROBLEM = Reference(None, _find, _label, "填问题编号,如 WT0000012。")
