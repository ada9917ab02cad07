"""Run every benchmark and rewrite the table in docs/performance.md; with names, only these and their lines."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- bench:begin -->", "<!-- bench:end -->"


def run(name: str) -> dict[str, object]:
    """The last line of a benchmark, as JSON."""
    command = [sys.executable, "-m", f"benchmarks.{name}", "--json"]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    result: dict[str, object] = json.loads(done.stdout.strip().splitlines()[-1])
    return result


def line(name: str, result: dict[str, object]) -> str:
    """Its line of the table, as Markdown."""
    shown = ("ours_s", "floor_s", "over_floor", "peak_mb", "rows")
    more = "; ".join(f"{key} {value}" for key, value in result.items() if key not in shown)
    return f"| {name} | {' | '.join(str(result.get(key, '')) for key in shown)} | {more} |"


def table(lines: dict[str, str]) -> str:
    """Markdown of all results."""
    head = [
        f"Measured {date.today().isoformat()} on {os.cpu_count()} cores; ratios count, machines are noisy.",
        "",
        "| job | ours (s) | floor (s) | ours/floor | peak MB | rows | more |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    return "\n".join([*head, *(lines[name] for name in sorted(lines))])


def main() -> None:
    """Run, rewrite, print."""
    scripts = sorted((ROOT / "benchmarks").glob("*.py"))
    names = [path.stem for path in scripts if f"benchmarks.{path.stem} --json" in path.read_text(encoding="utf-8")]
    page = PAGE.read_text(encoding="utf-8")
    head, rest = page.split(BEGIN)
    old, tail = rest.split(END)
    asked = sys.argv[1:] or names
    lines = {cells[1].strip(): text for text in old.splitlines() if len(cells := text.split("|")) > 1}
    lines = {name: lines[name] for name in names if name in lines} | {name: line(name, run(name)) for name in asked}
    text = table(lines)
    PAGE.write_text(f"{head}{BEGIN}\n{text}\n{END}{tail}", encoding="utf-8")
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    main()
