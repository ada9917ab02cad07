"""Checks all templates: their format (djade) and that each compiles; `--format` writes the format instead.

Compiling finds unknown tags and filters, missing ends and, for components, unknown names, without a request.
"""

import subprocess
import sys
from pathlib import Path

import django
from django.template import TemplateSyntaxError
from django.template.loader import get_template

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ROOT / "spectown" / "templates"


def main(argv: list[str]) -> int:
    """Return 0 when every template is well formed, else 1 after naming the faults."""
    files = sorted(TEMPLATES.rglob("*.html"))
    if not files:
        print(f"no templates under {TEMPLATES}", file=sys.stderr)
        return 1
    mode = [] if "--format" in argv else ["--check"]
    djade = [str(Path(sys.executable).parent / "djade"), "--target-version", "5.2", *mode, *map(str, files)]
    formatted = subprocess.run(djade, check=False).returncode
    if "--format" in argv:
        return 0
    django.setup()
    faults = [fault for fault in map(_fault, files) if fault]
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"{len(files)} templates, {len(faults)} do not compile")
    return 1 if formatted or faults else 0


def _fault(file: Path) -> str:
    try:
        get_template(file.relative_to(TEMPLATES).as_posix())
    except TemplateSyntaxError as error:
        return f"{file.relative_to(ROOT)}: {error}"
    return ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
