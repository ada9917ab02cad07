"""The sealed package (封存包): one zip of canonical JSON, the same bytes for the same content, each part hashed."""

from __future__ import annotations

import hashlib
import io
import json
import struct
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from spectown.core.evaluation.table import Unusable

FORMAT = "spectown-evaluation/1"
MANIFEST = "manifest.json"
# In the order in which they are read: what goes in, what people said, what came out.
PARTS = {
    "scheme.json": "评估方案",
    "snapshot.json": "数据快照",
    "replies.json": "意见和答复",
    "decisions.json": "临界决定",
    "result.json": "评估结果",
}
EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest day of a zip: no part says when it was packed
LARGEST = 200 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Opened:
    """A package that was opened: its parts as JSON, its hash, and what is wrong with the hashes of parts."""

    parts: Mapping[str, Any]
    manifest: Mapping[str, Any]
    digest: str
    faults: tuple[str, ...]


def canonical(value: Any) -> bytes:
    """JSON with one spelling: keys in order, no spaces, UTF-8."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def digest(content: bytes) -> str:
    """SHA-256, as hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def seal(parts: Mapping[str, Any], about: Mapping[str, Any]) -> bytes:
    """The package. `about`: what the manifest says beside (year, seed, by whom, versions). Raises KeyError."""
    written = {name: canonical(parts[name]) for name in PARTS}
    hashes = {name: {"sha256": digest(content), "bytes": len(content)} for name, content in written.items()}
    manifest = {**about, "format": FORMAT, "parts": hashes, "whole": digest(canonical(hashes))}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, content in {MANIFEST: canonical(manifest), **written}.items():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.external_attr, entry.create_system = 0o644 << 16, 3
            archive.writestr(entry, content)
    return stream.getvalue()


def unseal(package: bytes) -> Opened:
    """Parts and faults of their hashes. Raises Unusable where it is no such package."""
    try:
        with zipfile.ZipFile(io.BytesIO(package)) as archive:
            found = _contents(archive, package)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
        raise Unusable("文件不是封存包,或已损坏、没有下载完整。") from error
    manifest = _json(MANIFEST, found.pop(MANIFEST))
    hashes = manifest.get("parts") if isinstance(manifest, dict) else None
    if not isinstance(hashes, dict) or manifest.get("format") != FORMAT:
        raise Unusable(f"{MANIFEST} 不是 {FORMAT} 的封存包清单。")
    parts = {name: _json(name, content) for name, content in found.items()}
    faults = _faults(found, manifest) or _packing(package, parts, manifest)
    return Opened(parts, manifest, digest(package), tuple(faults))


def _contents(archive: zipfile.ZipFile, package: bytes) -> dict[str, bytes]:
    names = [entry.filename for entry in archive.infolist()]
    wanted = [MANIFEST, *PARTS]
    if sorted(names) != sorted(wanted):
        lacking, odd = sorted(set(wanted) - set(names)), sorted(set(names) - set(wanted))
        said = [f"缺少 {'、'.join(lacking)}"] * bool(lacking) + [f"多出 {'、'.join(odd)}"] * bool(odd)
        raise Unusable(f"封存包的内容不对:{';'.join(said) or '有同名的部分'}。")
    if sum(entry.file_size for entry in archive.infolist()) > LARGEST:
        raise Unusable("封存包过大,不可能是年度评估的封存包。")
    return {name: _content(archive, name, package) for name in wanted}


def _content(archive: zipfile.ZipFile, name: str, package: bytes) -> bytes:
    """Of a part whose check sum is wrong what stands there, so that the place can be named. Raises BadZipFile."""
    try:
        return archive.read(name)
    except zipfile.BadZipFile:
        entry = archive.getinfo(name)
        if entry.compress_type != zipfile.ZIP_STORED:
            raise
        lengths = package[entry.header_offset + 26 : entry.header_offset + 30]  # of the name, of what follows it
        start = entry.header_offset + 30 + sum(struct.unpack("<2H", lengths))
        return package[start : start + entry.file_size]


def _json(name: str, content: bytes) -> Any:
    try:
        return json.loads(content, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise Unusable(f"封存包中的 {name} 不是 JSON。") from error


def _no_number(text: str) -> None:
    raise ValueError(text)  # NaN and Infinity, which Python reads and JSON has not


def _packing(package: bytes, parts: Mapping[str, Any], manifest: Mapping[str, Any]) -> list[str]:
    """The same content has the same bytes: other order, compression, spelling or anything appended is not ours."""
    about = {name: value for name, value in manifest.items() if name not in ("format", "parts", "whole")}
    try:
        same = seal(parts, about) == package
    except ValueError:  # half of a character, which no UTF-8 holds
        same = False
    return [] if same else ["压缩包的次序、压缩、写法或附加的内容与系统生成的不同,不是系统生成的那一份。"]


def _faults(found: Mapping[str, bytes], manifest: Mapping[str, Any]) -> list[str]:
    hashes, faults = manifest["parts"], []
    for name, content in found.items():
        said = hashes.get(name)
        if not isinstance(said, dict) or said.get("sha256") != digest(content):
            faults.append(f"{name}({PARTS[name]})的内容与清单所记的 SHA-256 不符,封存后被改过。")
    if manifest.get("whole") != digest(canonical(hashes)):
        faults.append(f"{MANIFEST} 的总校验值与各部分不符,封存后被改过。")
    return faults
