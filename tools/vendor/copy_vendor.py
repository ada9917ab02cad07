"""Copies the front-end libraries of package-lock.json into spectown/static/vendor (`make vendor`).

Only for upgrading a library: needs Node and npm; installing and running 专镇通 needs neither. Change the
version in package.json, run it, look at the difference, commit. A test holds the copies to SHA256SUMS.
"""

import hashlib
import json
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

from defusedxml.ElementTree import parse

HERE = Path(__file__).resolve().parent
MODULES = HERE / "node_modules"
STATIC = HERE.parent.parent / "spectown" / "static"
VENDOR = STATIC / "vendor"
SVG = "http://www.w3.org/2000/svg"

# package -> {file in the package: file in static/vendor}, and what it is for
FILES = {
    "@tabler/core": {"dist/css/tabler.min.css": "tabler.min.css", "dist/js/tabler.min.js": "tabler.min.js"},
    "@alpinejs/csp": {"dist/cdn.min.js": "alpine-csp.min.js"},
    "tom-select": {
        "dist/js/tom-select.complete.min.js": "tom-select.min.js",
        "dist/css/tom-select.bootstrap5.min.css": "tom-select.min.css",
    },
    "echarts": {"dist/echarts.min.js": "echarts.min.js"},
    "@tabler/icons": {},  # only ../icons.svg is made of it
}
PURPOSE = {
    "@tabler/core": "界面样式(含 Bootstrap 5)",
    "@alpinejs/csp": "页面上的小交互,适用于严格的内容安全策略",
    "tom-select": "可搜索的下拉框",
    "echarts": "图表;只在有图表的页面加载",
    "@tabler/icons": "图标,取所用的若干个合成 ../icons.svg",
}


def main() -> int:
    """Install what the lock names, copy it, and write the list, the licences and the sums."""
    subprocess.run(["npm", "ci"], cwd=HERE, check=True)
    shutil.rmtree(VENDOR, ignore_errors=True)
    (VENDOR / "licences").mkdir(parents=True)
    for package, files in FILES.items():
        for source, target in files.items():
            (VENDOR / target).write_text(_plain((MODULES / package / source).read_text("utf-8")), "utf-8")
        _copy_licences(package)
    _write_sprite((HERE / "icons.txt").read_text("utf-8").split())
    _write_versions()
    _write_sums()
    return 0


def _plain(text: str) -> str:
    """Return the text without its pointer to a source map, not shipped but looked for by static storage."""
    return re.sub(r"\s*(//[#@] sourceMappingURL=\S+|/\*[#@] sourceMappingURL=.*?\*/)", "", text).rstrip() + "\n"


def _package(package: str) -> dict[str, str]:
    facts: dict[str, str] = json.loads((MODULES / package / "package.json").read_text("utf-8"))
    return facts


def _copy_licences(package: str) -> None:
    stem = package.strip("@").replace("/", "-")
    found = [path for path in (MODULES / package).iterdir() if re.match(r"(LICENSE|NOTICE)", path.name)]
    for path in found:
        shutil.copyfile(path, VENDOR / "licences" / f"{stem}-{path.name}")
    if not found:  # some MIT packages state their licence in package.json only
        facts = _package(package)
        if facts["license"] != "MIT":
            raise RuntimeError(f"{package}: no licence file, and package.json says {facts['license']}")
        text = (HERE / "MIT.txt").read_text("utf-8").format(author=facts["author"])
        (VENDOR / "licences" / f"{stem}-LICENSE").write_text(text, "utf-8")


def _write_sprite(names: list[str]) -> None:
    """Write one SVG file with a symbol per icon; used as <svg><use href="…/icons.svg#home"></use></svg>."""
    ET.register_namespace("", SVG)
    sprite = ET.Element(f"{{{SVG}}}svg")
    for name in sorted(set(names)):
        icon = parse(MODULES / "@tabler/icons/icons/outline" / f"{name}.svg").getroot()
        wanted = ("viewBox", "fill", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin")
        symbol = ET.SubElement(sprite, f"{{{SVG}}}symbol", {"id": name, **{key: icon.attrib[key] for key in wanted}})
        symbol.extend(path for path in icon if path.get("stroke") != "none")
        for path in symbol:
            path.tail = None
        symbol.tail = "\n"
    (STATIC / "icons.svg").write_text(ET.tostring(sprite, encoding="unicode") + "\n", "utf-8")


def _write_versions() -> None:
    rows = [
        "# 随代码保存的前端库",
        "",
        "由 `make vendor`(tools/vendor/copy_vendor.py)生成,请勿手工修改。安装和运行不需要 Node。",
        "",
        "| npm 包 | 版本 | 许可证 | 用途 |",
        "| --- | --- | --- | --- |",
    ]
    for package in FILES:
        facts = _package(package)
        rows.append(f"| {package} | {facts['version']} | {facts['license']} | {PURPOSE[package]} |")
    rows += ["", "htmx 2.0 随 Python 包 django-htmx 提供,不在此处。"]
    (VENDOR / "VERSIONS.md").write_text("\n".join(rows) + "\n", "utf-8")


def _write_sums() -> None:
    files = sorted(path for path in VENDOR.rglob("*") if path.is_file())
    lines = [_sum_line(path) for path in [*files, STATIC / "icons.svg"]]
    (VENDOR / "SHA256SUMS").write_text("\n".join(lines) + "\n", "utf-8")


def _sum_line(path: Path) -> str:
    return f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(STATIC).as_posix()}"


if __name__ == "__main__":
    sys.exit(main())
