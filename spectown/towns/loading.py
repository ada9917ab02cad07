"""The annex's list of towns and the reviewed towns.yaml become towns with their first level."""

from __future__ import annotations

import hashlib

from django.db import transaction

from spectown.audit import services as audit
from spectown.core.plandoc.model import Town as ListedTown
from spectown.organisations.models import Territory, Unit
from spectown.plans.entries import TownEntry
from spectown.plans.folder import FolderFault, PlanFolder
from spectown.plans.loading import Loaded
from spectown.towns.enums import Level
from spectown.towns.models import LevelRecord, Town, TownAlias


@transaction.atomic
def load_towns(folder: PlanFolder, loaded: Loaded, *, by: audit.By) -> int:
    """Add the towns that the plan lists and the database does not know yet; returns how many were added."""
    if loaded.document is None:
        return 0
    entries = {entry.number: entry for entry in folder.towns.towns}
    units = {unit.code: unit for unit in Unit.objects.all()}
    added = 0
    for position, listed in enumerate(loaded.document.towns, start=1):
        entry = entries.get(listed.number or position) or _guess(listed, position)
        if Town.objects.filter(code=entry.code).exists():
            continue
        town = _town(entry, listed, units, position)
        _level(town, folder, loaded)
        audit.record(by=by, action="town.load", obj=town, after=audit.snapshot(town))
        added += 1
    return added


def _guess(listed: ListedTown, position: int) -> TownEntry:
    """A listed town of which the folder says nothing more: category unknown, so certification says 待定."""
    code = f"t-{hashlib.sha256(listed.name.encode()).hexdigest()[:12]}"
    return TownEntry(number=position, code=code, category="unclassified")


def _town(entry: TownEntry, listed: ListedTown, units: dict[str, Unit], position: int) -> Town:
    if entry.responsible and entry.responsible not in units:
        raise FolderFault(
            f"towns.yaml 中第 {entry.number} 项的责任主体 {entry.responsible} 没有在 organisation.yaml 中定义。"
        )
    territory = Territory.objects.filter(name=listed.county).first()
    responsible = units.get(entry.responsible)
    if responsible is None and territory is not None:
        responsible = territory.units.order_by("order").first()
    town = Town.objects.create(
        code=entry.code,
        name=listed.name,
        category=entry.category,
        leading_industry=entry.leading_industry,
        territory=territory,
        responsible_unit=responsible,
        order=position,
    )
    TownAlias.objects.bulk_create(TownAlias(town=town, name=a.name, source=a.source) for a in entry.aliases)
    return town


def _level(town: Town, folder: PlanFolder, loaded: Loaded) -> None:
    since = loaded.version.signed_date or loaded.version.published_date
    if since is None:
        loaded.notices.append(f"方案没有成文日期,{town.name}的层级起始日期未登记")
        return
    LevelRecord.objects.create(
        town=town,
        level=Level(folder.towns.level),
        valid_from=since,
        document=folder.towns.document or f"{loaded.version.title}附件",
        version=loaded.version,
        clause_ref=folder.towns.clause,
    )
