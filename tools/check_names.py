"""Checks that no committed file names a package registry's host, this workplace, or one machine's paths.

Such a name would tie everybody to one machine's network; where packages come from is the machine's own setting.
The names are put together here from parts, so that this file passes its own check.
"""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOSTS = ("py" + "pi.org", "python" + "hosted.org", "npm" + "js.org", "npm" + "js.com", "deb." + "debian.org")
MIRRORS = ("mirrors" + r"\.[a-z0-9.-]+", "registry" + r"\.[a-z0-9-]+\.[a-z]+", "archive" + r"\.ubuntu\.com")
PLACES = tuple("/" + place for place in ("work/(main|shared|\\.library)", "root/", "home/[a-z]", "opt/wheels"))
PATTERN = re.compile(
    r"(?<![\w-])(" + "|".join([*map(re.escape, HOSTS), *MIRRORS]) + r")|(?<![\w.*~-])(" + "|".join(PLACES) + ")"
)


def main() -> int:
    """Return 0 when nothing is found, else 1 after naming file, line and word."""
    found = [fault for path in committed() for fault in faults(path.name, _text(path))]
    for fault in found:
        print(fault, file=sys.stderr)
    return 1 if found else 0


def committed() -> list[Path]:
    """Return the files git knows (added ones too), without those deleted in the work tree."""
    names = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.split("\0")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def faults(name: str, text: str) -> list[str]:
    """Return one line per forbidden word in the text of the file of that name."""
    if not PATTERN.search(text):
        return []
    lines = enumerate(text.splitlines(), 1)
    return [f"{name}:{number}: {hit.group()}" for number, line in lines for hit in PATTERN.finditer(line)]


def _text(path: Path) -> str:
    return path.read_text("utf-8", "replace")


if __name__ == "__main__":
    sys.exit(main())
