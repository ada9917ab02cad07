"""`spectown`: Django's management entry under the project's own name."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line


def main() -> None:
    """Run a command; a setting that cannot be used is one Chinese sentence and exit code 2."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.stderr.write(f"配置有误:{error}\n")
        sys.exit(2)


if __name__ == "__main__":
    main()
