"""A worker that stops for ever in the middle of an import: rows are written, the event and the commit are not.

`python -m tests.apps.import_process`; says so by the file `written` in DATA_DIR.
"""

import os
import time
from pathlib import Path
from typing import Any

from config.manage import main

if __name__ == "__main__":
    from django import setup

    setup()
    from spectown.lists.importing import applying

    def stop(**_: Any) -> Any:
        Path(os.environ["DATA_DIR"], "written").touch()
        time.sleep(600)

    applying.record_many = stop
    import sys

    sys.argv = ["spectown", "worker"]
    main()
