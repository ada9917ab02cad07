"""Settings of a test run: the product's own, with everything that is written kept in a temporary folder.

Nothing of the developer's environment comes in. The database is SQLite in a file (a real one: the browser
tests need several connections), or the throw-away PostgreSQL of tools/with_postgres.py (TEST_DATABASE_URL).
"""

import atexit
import inspect
import os
import shutil
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from config.env import SETTINGS

FOLDER = Path(tempfile.mkdtemp(prefix="spectown-test-"))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
for setting in SETTINGS:
    os.environ.pop(setting.name, None)
os.environ.update(
    DATA_DIR=str(FOLDER / "data"),
    SECRETS_DIR=str(FOLDER / "secrets"),
    DATABASE_URL=os.environ.get("TEST_DATABASE_URL", ""),
)

(FOLDER / "data" / "static").mkdir(parents=True)  # whitenoise warns where it is missing
product = import_module("config.settings")  # after the environment is set
globals().update({name: value for name, value in vars(product).items() if name.isupper()})

OUR_TEMPLATES = str(product.BASE_DIR / "spectown" / "templates")


class UndefinedVariable(str):
    """Django's string_if_invalid that fails the test, for the templates that are ours."""

    __slots__ = ()

    def __contains__(self, text: object) -> bool:
        return text == "%s"

    def __mod__(self, variable: Any) -> str:
        origin = next(filter(None, (_origin(frame.frame.f_locals) for frame in inspect.stack(0))), "")
        if origin.startswith(OUR_TEMPLATES):
            pytest.fail(f"undefined template variable {variable} in {origin}", pytrace=False)
        return ""


def _origin(variables: dict[str, Any]) -> str:
    origin = getattr(variables.get("self"), "origin", None)
    return str(getattr(origin, "name", ""))


TEMPLATES = product.TEMPLATES
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = UndefinedVariable("undefined")
DATABASES = product.DATABASES
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(FOLDER / "test.sqlite3")}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # fast; Argon2 takes 0.2 s a login
# Static files are the browser tests' business: looking for one takes a tenth of a request, their list 30 ms a client.
MIDDLEWARE = [name for name in product.MIDDLEWARE if not name.startswith("whitenoise")]
