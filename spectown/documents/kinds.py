"""The kinds of documents (文种) of a plan version."""

from __future__ import annotations

from spectown.core.documentkinds.building import kind_of
from spectown.core.documentkinds.model import Kind
from spectown.core.documentkinds.ordering import in_order
from spectown.documents.models import OfficialDocument
from spectown.lib.refusal import Refused
from spectown.plans.models import PlanVersion

_KEPT: dict[str, dict[str, Kind]] = {}


def kinds_of(version: PlanVersion) -> dict[str, Kind]:
    """Kinds by name, in the order of the work; a version never changes, so they are read once."""
    if version.digest not in _KEPT:
        found = [kind_of(content, name) for name, content in version.documents.items()]
        _KEPT[version.digest] = in_order(found)
    return _KEPT[version.digest]


def kind_in(version: PlanVersion, name: str) -> Kind:
    """One kind; Refused where the version has none of that name."""
    found = kinds_of(version).get(name)
    if found is None:
        raise Refused(f"方案文件夹中没有文种“{name}”,不能起草。请与系统管理员联系,核对 documents 文件夹。")
    return found


def kind_for(document: OfficialDocument) -> Kind:
    """The kind of a document; its version is read only where its kinds have not been read before."""
    if "version" not in document._state.fields_cache:
        digest = PlanVersion.objects.values_list("digest", flat=True).get(pk=document.version_id)
        if document.kind in _KEPT.get(digest, {}):
            return _KEPT[digest][document.kind]
    return kind_in(document.version, document.kind)


def current_kinds() -> dict[str, Kind]:
    """Kinds of the current plan; none where no plan has been loaded."""
    version = PlanVersion.objects.current()
    return kinds_of(version) if version else {}
