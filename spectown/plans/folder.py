"""Reads a plan folder: the source document and the reviewed YAML beside it. Every fault names file and place."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from spectown.core.documentkinds.building import KindFault, kind_of
from spectown.core.enterprises.promotion import RuleFault, read_rules
from spectown.core.evaluation.table import Unusable
from spectown.core.evaluation.yearreading import read_year_schemes
from spectown.core.monitoring.plandata import FILES, read_plan_data
from spectown.core.monitoring.reading import Known, MonitoringFault
from spectown.core.policykinds import PolicyFault, read_policy_kinds
from spectown.core.projects.settings import SettingsFault, read_settings
from spectown.core.rounds.rules import RulesFault, rules_of
from spectown.core.supervision import settings as supervision_settings
from spectown.core.supervision.noticesettings import read_notice_settings
from spectown.core.supervision.problemkinds import read_rules as read_problem_rules
from spectown.core.supervision.visits import read_visit_settings
from spectown.plans.entries import Calendar, Figures, Organisation, PlanFile, Towns


class FolderFault(Exception):
    """The folder cannot be loaded; the message names file, place and reason in Chinese."""


@dataclass(frozen=True, slots=True)
class PlanFolder:
    """Everything in a plan folder, read and validated; the mappings without a type are for the core."""

    plan: PlanFile
    source: bytes
    organisation: Organisation
    figures: Figures
    calendar: Calendar
    towns: Towns
    criteria: dict[str, Any]
    lights: dict[str, Any]
    market: dict[str, Any]
    supervision: dict[str, Any]
    monitoring: dict[str, Any]
    evaluation: list[dict[str, Any]]
    policies: list[dict[str, Any]]
    documents: dict[str, Any]
    rounds: dict[str, Any]
    digest: str


Model = TypeVar("Model", bound=BaseModel)


def read_folder(folder: Path) -> PlanFolder:
    """Read and validate a plan folder; raises FolderFault."""
    if not folder.is_dir():
        raise FolderFault(f"方案文件夹 {folder} 不存在。请核对路径,或把 PLAN_DIR 设为方案文件夹。")
    plan = _read(folder, "plan.yaml", PlanFile, required=True)
    source = folder / plan.source
    if not source.is_file():
        raise FolderFault(f"plan.yaml 所写的方案原文 {plan.source} 不在 {folder} 中。")
    organisation = _read(folder, "organisation.yaml", Organisation)
    monitoring = _monitoring(folder, organisation)
    return PlanFolder(
        plan=plan,
        source=source.read_bytes(),
        organisation=organisation,
        figures=_read(folder, "figures.yaml", Figures),
        calendar=_read(folder, "calendar.yaml", Calendar),
        towns=_read(folder, "towns.yaml", Towns),
        criteria=mapping(folder, "categories.yaml") | mapping(folder, "criteria.yaml"),
        lights=_lights(folder),
        market=_market(folder),
        supervision=_supervision(folder),
        monitoring=monitoring,
        evaluation=_evaluation(folder, monitoring),
        policies=_policies(folder),
        documents=_documents(folder),
        rounds=_rounds(folder),
        digest=_digest(folder),
    )


def _lights(folder: Path) -> dict[str, Any]:
    found = mapping(folder, "lights.yaml")
    try:
        read_settings(found.get("projects", []))
    except SettingsFault as fault:
        raise FolderFault(f"{fault}。") from fault
    return found


def _market(folder: Path) -> dict[str, Any]:
    found = mapping(folder, "market.yaml")
    try:
        read_rules(found.get("rules", []))
    except RuleFault as fault:
        raise FolderFault(f"{fault}。") from fault
    return found


def _supervision(folder: Path) -> dict[str, Any]:
    found = mapping(folder, "supervision.yaml")
    try:
        supervision_settings.read_settings(found.get("settings", []))
        read_notice_settings(found.get("notices", []))
        read_problem_rules(found.get("problems", []))
        read_visit_settings(found.get("inspections", []))
    except supervision_settings.SettingsFault as fault:
        raise FolderFault(f"{fault}。") from fault
    return found


def _monitoring(folder: Path, organisation: Organisation) -> dict[str, Any]:
    """Indicators, report forms, checks by key; clauses are looked up when the plan's text is read."""
    found = {}
    for name, key in FILES.items():
        content = mapping(folder, name)
        if odd := "、".join(content.keys() - {key}):
            raise FolderFault(f"{name} 的最外层只应有 {key},现有 {odd}。")
        found[key] = content.get(key, [])
    categories = mapping(folder, "categories.yaml").get("categories", [])
    known = Known({unit.code for unit in organisation.units}, categories={str(each["code"]) for each in categories})
    try:
        read_plan_data(found, known)
    except MonitoringFault as fault:
        raise FolderFault(str(fault)) from fault
    return found


def _evaluation(folder: Path, monitoring: dict[str, Any]) -> list[dict[str, Any]]:
    """Schemes of evaluation, on indicators and categories of the plan."""
    found = mapping(folder, "evaluation.yaml")
    if odd := "、".join(found.keys() - {"evaluation"}):
        raise FolderFault(f"evaluation.yaml 的最外层只应有 evaluation,现有 {odd}。")
    entries: list[dict[str, Any]] = found.get("evaluation", [])
    codes = {str(each["code"]) for each in monitoring["indicators"]}
    categories = {str(each["code"]) for each in mapping(folder, "categories.yaml").get("categories", [])}
    try:
        read_year_schemes(entries, codes=codes, categories=categories)
    except Unusable as fault:
        raise FolderFault(str(fault)) from fault
    return entries


def _policies(folder: Path) -> list[dict[str, Any]]:
    """Which tasks the kinds of town policies serve."""
    found = mapping(folder, "policies.yaml")
    entries: list[dict[str, Any]] = found.get("policies", [])
    try:
        read_policy_kinds(entries)
    except PolicyFault as fault:
        raise FolderFault(f"{fault}。") from fault
    return entries


def _rounds(folder: Path) -> dict[str, Any]:
    """Samples of rules by kind of round; the window and the plan version are given when a round is made."""
    found = mapping(folder, "rounds.yaml")
    for name, sample in found.items():
        known = {"criteria_version": "-", "window": {"opens": "2000-01-01", "closes": "2000-01-01"}}
        try:
            rules = rules_of({**sample, **known})
        except RulesFault as fault:
            raise FolderFault(f"rounds.yaml 的 {name}:{fault}。") from fault
        if rules.kind != name:
            raise FolderFault(f"rounds.yaml 的 {name}:kind 应为 {name},现为 {rules.kind}。")
    return found


def _documents(folder: Path) -> dict[str, Any]:
    """Kinds of documents by name: documents/<kind>.yaml."""
    found: dict[str, Any] = {}
    for path in sorted((folder / "documents").glob("*.yaml")):
        place = f"documents/{path.name}"
        content = mapping(folder, place)
        try:
            kind = kind_of(content, path.stem)
        except KindFault as fault:
            raise FolderFault(f"{place}:{fault}。") from fault
        if kind.kind != path.stem:
            raise FolderFault(f"{place} 的 kind 是 {kind.kind},应与文件名 {path.stem} 相同。")
        found[kind.kind] = content
    return found


def _digest(folder: Path) -> str:
    content = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and not p.name.startswith(".")):
        content.update(f"{path.relative_to(folder)}\0{path.stat().st_size}\0".encode())
        content.update(path.read_bytes())
    return content.hexdigest()


def mapping(folder: Path, name: str, *, required: bool = False) -> dict[str, Any]:
    """A YAML file as a mapping; an absent one is empty unless required."""
    path = folder / name
    if not path.is_file():
        if required:
            raise FolderFault(f"{folder} 中缺少 {name}。")
        return {}
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)  # the safe one, in C
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise FolderFault(f"{name} 不是可读的 YAML:{error}") from error
    if data is None:
        return {}
    if not isinstance(data, dict):
        raise FolderFault(f"{name} 的最外层应为键值对。")
    return data


def _read(folder: Path, name: str, model: type[Model], *, required: bool = False) -> Model:
    try:
        return model.model_validate(mapping(folder, name, required=required))
    except ValidationError as error:
        places = "；".join(f"{'.'.join(map(str, e['loc']))}:{e['msg']}" for e in error.errors()[:5])
        raise FolderFault(f"{name} 有误:{places}") from error
