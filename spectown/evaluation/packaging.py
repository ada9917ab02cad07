"""The sealed package of an evaluation, made at each sign-off; none is ever changed."""

from __future__ import annotations

import hashlib
from typing import Any

import numpy
from django.core.files.base import ContentFile
from django.utils import timezone

from spectown.core.evaluation.sealing import canonical, seal, unseal
from spectown.core.evaluation.sharing import suffix_of
from spectown.core.evaluation.table import Unusable
from spectown.core.evaluation.verifying import result_of, verify
from spectown.evaluation.models import Evaluation, Package, Result
from spectown.evaluation.standing import correction_reason, decisions_json, replies_json, replies_of, result_row, taken
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor


def keep_package(evaluation: Evaluation, by: Actor) -> None:
    """Make it, verify it as anybody else would, keep it. Raises Refused where it does not verify."""
    final, first = result_row(evaluation, "final"), result_row(evaluation, "first")
    if final is None or first is None:
        raise Refused("还没有终算结果,不能封存。")
    content = _sealed(evaluation, final, by)
    try:
        faults = verify(content).faults
    except Unusable as fault:
        raise Refused(str(fault)) from fault
    if faults:
        raise Refused(f"封存包核验不通过,没有审定:{''.join(faults[:3])}请与系统管理员联系。")
    _require_same(final, first, content)
    edition = evaluation.publications.count() + 1
    again = "" if edition == 1 else f"(第{edition}版)"
    name = f"{evaluation.year}年度评估{suffix_of(final.snapshot.scheme)}封存包{again}.zip"
    Package.objects.create(
        evaluation=evaluation,
        number=evaluation.packages.count() + 1,
        file=ContentFile(content, name=name),
        name=name,
        content_type="application/zip",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        uploaded_by_id=by.person,
    )


def _sealed(evaluation: Evaluation, final: Result, by: Actor) -> bytes:
    snapshot, rules = taken(final.snapshot), final.snapshot.rules
    replies, decisions = replies_json(replies_of(evaluation)), decisions_json(final)
    parts: dict[str, Any] = {
        "scheme.json": final.snapshot.scheme,
        "snapshot.json": snapshot.plain(),
        "replies.json": replies,
        "decisions.json": decisions,
        "result.json": result_of(snapshot, rules, replies, decisions),
    }
    about = {
        "year": evaluation.year,
        "name": evaluation.name,
        "scheme": rules.code,
        "seed": rules.scheme.robustness.seed,
        "numpy": numpy.__version__,
        "signed_on": timezone.localdate().isoformat(),
        "signed_by": by.name,
        "edition": evaluation.publications.count() + 1,
        "replaces": evaluation.edition.package.sha256 if evaluation.edition else None,
        "correction": correction_reason(evaluation) if evaluation.edition else None,
    }
    return seal(parts, about)


def _require_same(final: Result, first: Result, content: bytes) -> None:
    """What was shown to the counties and decided on is what is sealed."""
    sealed = unseal(content).parts["result.json"]
    for stage, row in (("first", first), ("final", final)):
        if canonical(sealed[stage]) != canonical(row.content):
            raise Refused("重新计算的结果与系统中保存的不同,没有审定。请与系统管理员联系。")
