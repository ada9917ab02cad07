"""`spectown migrate --by-steps` in half the time: `python tests/apps/quick_steps.py`, the folder by DATA_DIR.

After each step Django draws up anew every model that a change may concern, field by field through what a migration
would write of it. Here only the nearest ones are, and a field is copied as for an abstract model. Whether the tables
are the same all the same is what tests/apps/test_fresh_tables.py compares.
"""

import sys
from pathlib import Path
from typing import Any

from django.db.migrations.state import ProjectState
from django.db.models import Field

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from config.manage import main

reload_model = ProjectState.reload_model


def near(state: ProjectState, app: str, model: str, delay: bool = False) -> Any:
    return reload_model(state, app, model, delay=True)


if __name__ == "__main__":
    ProjectState.reload_model = near  # type: ignore[method-assign]  # for this process only
    Field.clone = lambda field: field.__deepcopy__({})  # type: ignore[method-assign]  # likewise
    sys.argv = ["spectown", "migrate", "--by-steps", "-v0"]
    main()
