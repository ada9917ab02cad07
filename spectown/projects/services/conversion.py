"""A lead becomes a project without retyping."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from django.db import transaction

from spectown.core.projects.stages import OF_LEAD
from spectown.lib.refusal import Refused
from spectown.lists.scope import changeable
from spectown.lists.services import records
from spectown.organisations.actors import Actor
from spectown.projects.enums import LeadStage, Stage
from spectown.projects.lists import LEADS, PROJECTS
from spectown.projects.models import Lead, Project


def conversion_refusals(lead: Lead) -> list[str]:
    """Why a lead does not become a project now; empty where it may (docs/algorithms/projects.md)."""
    if lead.project_id is not None:
        return [f"这条线索已经转为项目“{lead.project}”。"]
    if lead.stage == LeadStage.ENDED:
        return ["已终止的线索不能转为项目。"]
    if lead.stage not in OF_LEAD:
        return [f"线索还在“{lead.get_stage_display()}”阶段,签订正式合同或落地以后才转为项目。请先更新进展阶段和日期。"]
    return []


def prefilled(lead: Lead) -> dict[str, Any]:
    """Values of the project that the lead gives, for a lead that may be converted."""
    return {
        "name": lead.name,
        "territory": lead.territory,
        "town": lead.town,
        "builder": lead.target,
        "content": lead.content,
        "unit": lead.unit,
        "investment": lead.intended,
        "plan_signed": lead.expected_on,
        "note": lead.note,
        **standing(lead),
    }


def standing(lead: Lead) -> dict[str, Any]:
    """Stage and dates at which the project begins (正式合同: 签约, 落地: 落地); they are the lead's, not a choice."""
    stage = Stage(OF_LEAD[lead.stage])
    return {
        "stage": stage.value,
        "signed_on": lead.contract_on,
        "landed_on": lead.landed_on if stage == Stage.LANDED else None,
    }


@transaction.atomic
def convert(*, pk: int, values: Mapping[str, Any], version: int, by: Actor) -> Project:
    """Make the project of a lead; `values`: what the lead does not say (category) or what is to be put otherwise.

    Both are linked; two events in the log. Raises Refused, Stale, ValidationError, NotAllowed.
    """
    lead: Lead | None = changeable(LEADS, by).select_for_update(of=("self",)).filter(pk=pk).first()
    if lead is None:
        raise Refused("没有这条招商线索,或者它不由您维护。")
    refusals = conversion_refusals(lead)
    if refusals:
        raise Refused("".join(refusals))
    given = {**prefilled(lead), **values, **standing(lead)}
    project = cast(Project, records.create(ledger=PROJECTS, values=given, by=by))
    records.change(ledger=LEADS, pk=pk, values={"project": project}, version=version, by=by, reason="转为项目")
    return project
