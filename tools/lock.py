"""Writes the locks: `make lock`; `python tools/lock.py --upgrade` takes newer versions.

`uv pip compile` rather than uv.lock: its output holds versions and hashes and names no registry. The
development list is held to the production list, so that tests run what production runs.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UV = str(ROOT / ".venv" / "bin" / "uv")
COMPILE = (UV, "pip", "compile", "--quiet", "--universal", "--python-version", "3.11", "--generate-hashes")
LISTS = (
    ("tools/uv.lock", ("tools/uv.in",)),
    ("requirements.lock", ("pyproject.toml",)),
    ("requirements-dev.lock", ("pyproject.toml", "--group", "dev", "--constraint", "requirements.lock")),
)


def main(argv: list[str]) -> int:
    """Compile the three lists; what is locked stays unless --upgrade is given. Return 0, or 1 on failure."""
    for target, sources in LISTS:
        command = [*COMPILE, *argv, *sources, "--output-file", target]
        if subprocess.run(command, cwd=ROOT, check=False, stdout=subprocess.DEVNULL).returncode:
            print(f"没有生成 {target},原因见上。", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
