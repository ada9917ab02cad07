"""`spectown`: Django's management entry under the project's own name."""

import os
import sys
from collections.abc import Iterator
from importlib import import_module

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line, get_commands

# Commands that need neither database nor apps: they answer before Django would be set up.
PURE = {
    "parse_plan": "spectown.plans.management.commands.parse_plan",
    "check_application": "spectown.certification.management.commands.check_application",
    "verify_evaluation": "spectown.evaluation.management.commands.verify_evaluation",
}


def main() -> None:
    """Run a command; a setting that cannot be used is one Chinese sentence and exit code 2."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    asked = sys.argv[1] if len(sys.argv) > 1 else "help"
    try:
        if asked in PURE:
            import_module(PURE[asked]).Command().run_from_argv(sys.argv)
        elif asked in {"help", "--help", "-h"} and len(sys.argv) <= 2:
            sys.stdout.write("".join(_overview()))
        elif not _is_known(asked):
            sys.stderr.write(f"没有“{asked}”这个命令。运行 spectown 可看全部命令。\n")
            sys.exit(2)
        else:
            execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.stderr.write(f"配置有误:{error}\n")
        sys.exit(2)


def _is_known(name: str) -> bool:
    """True for our own commands and Django's."""
    import_module("django").setup()  # before that, Django lists only its own
    return name in get_commands() or name in {"help", "version", "--version"}


def _overview() -> Iterator[str]:
    """Our own commands with what they are for."""
    import_module("django").setup()
    yield "专镇通 Spectown\n\n用法:spectown 命令 [参数]    各命令的说明:spectown 命令 --help\n\n"
    for name, app in sorted(get_commands().items()):
        if str(app).startswith("spectown."):
            command = import_module(f"{app}.management.commands.{name}").Command
            yield f"  {name:<20}{command.help}\n"


if __name__ == "__main__":
    main()
