"""Edits a workbook in LibreOffice Calc as a person would: types texts into cells and saves as .xlsx.

Runs under Debian's python3 (package python3-uno), not in the project's environment:
`python3 tests/e2e/calc.py FILE EDITS.json`, EDITS = {"sheet": {"B5": "text", …}}. What is typed goes through Calc's own
reading of input (numbers, dates), as on the keyboard. A cell that the sheet protects stays as it was.
"""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

EXCEL = "Calc MS Excel 2007 XML"
PATIENCE = 60.0


def main(file: str, edits: str) -> None:
    """Open, type, save over the file."""
    import uno  # only Debian's python3 has it

    with tempfile.TemporaryDirectory() as profile:
        pipe = f"spectown-{time.monotonic_ns()}"
        options = ["--headless", "--norestore", "--nologo", f"--accept=pipe,name={pipe};urp;"]
        office = subprocess.Popen(["soffice", f"-env:UserInstallation=file://{profile}", *options])
        try:
            desktop = _desktop(uno, pipe)
            _edit(uno, desktop, Path(file), json.loads(Path(edits).read_text("utf-8")))
            desktop.terminate()
            office.wait(timeout=PATIENCE)
        finally:
            office.kill()


def _desktop(uno, pipe):  # type: ignore[no-untyped-def]  # uno has no types
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    end = time.monotonic() + PATIENCE
    while True:
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except Exception:
            if time.monotonic() > end:
                raise
            time.sleep(0.3)


def _edit(uno, desktop, file, edits):  # type: ignore[no-untyped-def]
    hidden = _value(uno, "Hidden", True)
    document = desktop.loadComponentFromURL(file.as_uri(), "_blank", 0, (hidden,))
    for name, cells in edits.items():
        sheet = document.Sheets.getByName(name)
        for reference, text in cells.items():
            sheet.getCellRangeByName(reference).setFormula(text)
    document.storeToURL(file.as_uri(), (_value(uno, "FilterName", EXCEL), _value(uno, "Overwrite", True)))
    document.close(True)


def _value(uno, name, value):  # type: ignore[no-untyped-def]
    made = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
    made.Name, made.Value = name, value
    return made


if __name__ == "__main__":
    main(*sys.argv[1:])
