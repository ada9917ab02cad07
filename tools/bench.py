"""Run every benchmark and rewrite the table in docs/performance.md."""

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


def table(results: dict[str, dict[str, object]]) -> str:
    """Markdown of all results."""
    lines = [
        f"Measured {date.today().isoformat()} on {os.cpu_count()} cores; ratios count, machines are noisy.",
        "",
        "| job | ours (s) | floor (s) | ours/floor | peak MB | rows | more |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    shown = ("ours_s", "floor_s", "over_floor", "peak_mb", "rows")
    for name, result in results.items():
        more = "; ".join(f"{key} {value}" for key, value in result.items() if key not in shown)
        lines.append(f"| {name} | {' | '.join(str(result.get(key, '')) for key in shown)} | {more} |")
    return "\n".join(lines)


def main() -> None:
    """Run, rewrite, print."""
    scripts = sorted((ROOT / "benchmarks").glob("*.py"))
    names = [path.stem for path in scripts if f"benchmarks.{path.stem} --json" in path.read_text(encoding="utf-8")]
    text = table({name: run(name) for name in names})
    page = PAGE.read_text(encoding="utf-8")
    head, tail = page.split(BEGIN)[0], page.split(END)[1]
    PAGE.write_text(f"{head}{BEGIN}\n{text}\n{END}{tail}", encoding="utf-8")
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    main()
