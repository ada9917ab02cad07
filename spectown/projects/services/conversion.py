"""A lead becomes a project without retyping."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from django.db import transaction

from spectown.lib.refusal import Refused
from spectown.lists.scope import changeable
from spectown.lists.services import records
from spectown.organisations.actors import Actor
from spectown.projects.enums import LeadStage, Stage
from spectown.projects.lists import LEADS, PROJECTS
from spectown.projects.models import Lead, Project

# What the lead says already; the rest of a project is filled in later.
STAGE_OF = {LeadStage.CONTRACT: Stage.SIGNED, LeadStage.LANDED: Stage.LANDED}


def prefilled(lead: Lead) -> dict[str, Any]:
    """Values of the project that the lead gives: 正式合同 becomes 签约, 落地 stays 落地, earlier talks become 储备."""
    stage = STAGE_OF.get(LeadStage(lead.stage), Stage.RESERVED)
    return {
        "name": lead.name,
        "territory": lead.territory,
        "town": lead.town,
        "builder": lead.target,
        "content": lead.content,
        "unit": lead.unit,
        "investment": lead.intended,
        "stage": stage.value,
        "signed_on": lead.contract_on if stage != Stage.RESERVED else None,
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
    if lead.project_id is not None:
        raise Refused(f"这条线索已经转为项目“{lead.project}”。")
    if lead.stage == LeadStage.ENDED:
        raise Refused("已终止的线索不能转为项目。")
    project = cast(Project, records.create(ledger=PROJECTS, values={**prefilled(lead), **values}, by=by))
    records.change(ledger=LEADS, pk=pk, values={"project": project}, version=version, by=by, reason="转为项目")
    return project
