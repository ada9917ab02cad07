"""Reads the kinds of documents (文种) of a plan folder: documents/*.yaml."""

from __future__ import annotations

from pathlib import Path

from spectown.core.documentkinds.building import KindFault, kind_of
from spectown.core.documentkinds.model import Kind
from spectown.core.documentkinds.ordering import in_order
from spectown.plans.folder import FolderFault, mapping

DOCUMENTS = "documents"


def read_kinds(folder: Path) -> dict[str, Kind]:
    """All kinds of a plan folder by name, in the order of the work. Raises FolderFault."""
    place = folder / DOCUMENTS
    if not place.is_dir():
        raise FolderFault(f"方案文件夹 {folder} 中没有 {DOCUMENTS} 文件夹,没有可用的文种。")
    return in_order(read_kind(folder, path.stem) for path in sorted(place.glob("*.yaml")))


def read_kind(folder: Path, name: str) -> Kind:
    """One kind of a plan folder. Raises FolderFault."""
    try:
        found = kind_of(mapping(folder / DOCUMENTS, f"{name}.yaml", required=True), name)
    except KindFault as fault:
        raise FolderFault(str(fault)) from fault
    if found.kind != name:
        raise FolderFault(f"{DOCUMENTS}/{name}.yaml 中的 kind 为“{found.kind}”,应与文件名相同。")
    return found
