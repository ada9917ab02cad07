"""Base of our management commands: Chinese help, --json, exit codes 0 fine / 1 findings / 2 unusable input."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError, CommandParser, DjangoHelpFormatter

HIDDEN = {"--version", "-v", "--verbosity", "--settings", "--pythonpath", "--traceback"} | {
    "--no-color",
    "--force-color",
}
FINE, FINDINGS, UNUSABLE = 0, 1, 2


class ChineseHelp(DjangoHelpFormatter):
    """Help whose usage line begins in Chinese."""

    def add_usage(self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None) -> None:
        """Write the usage line."""
        super().add_usage(usage, actions, groups, "用法:" if prefix is None else prefix)


USAGE = (
    (re.compile(r"the following arguments are required: (.+)"), r"缺少参数:\1"),
    (re.compile(r"unrecognized arguments: (.+)"), r"不认识的参数:\1"),
    (re.compile(r"argument (.+?): invalid .*?'(.*?)'.*"), r"参数 \1 的值“\2”不可用"),
    (re.compile(r"argument (.+?): expected .*"), r"参数 \1 后面缺少值"),
)


def refuse_usage(parser: CommandParser) -> Callable[[str], NoReturn]:
    """What a parser does with a wrong call: one Chinese sentence, the usage, exit code 2."""

    def error(message: str) -> NoReturn:
        said = next((pattern.sub(text, message) for pattern, text in USAGE if pattern.match(message)), message)
        if not parser.called_from_command_line:
            raise CommandError(said)
        sys.stderr.write(f"{said}\n{parser.format_usage()}")
        sys.exit(UNUSABLE)

    return error


class ChineseCommand(BaseCommand):
    """A command whose help and faults are Chinese."""

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Parser whose every word is Chinese and whose program is `spectown COMMAND`."""
        self.suppressed_base_arguments = set(HIDDEN)
        parser = super().create_parser("spectown", subcommand, formatter_class=ChineseHelp, add_help=False, **kwargs)
        parser.add_argument("-h", "--help", action="help", help="显示本说明")
        parser.error = refuse_usage(parser)  # type: ignore[method-assign,assignment]  # argparse speaks English
        parser._positionals.title, parser._optionals.title = "参数", "选项"
        return parser


class ReportCommand(ChineseCommand):
    """A command that reports: subclasses fill `help`, `arguments` and `run`."""

    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Add --json after the command's own arguments."""
        self.arguments(parser)
        parser.add_argument("--json", action="store_true", help="只输出 JSON")

    def arguments(self, parser: CommandParser) -> None:
        """Own arguments of the command."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Run and leave with the exit code that `run` returned."""
        code = self.run(**options)
        if code:
            sys.exit(code)

    def run(self, **options: Any) -> int:
        """Do the work; return FINE, FINDINGS or UNUSABLE."""
        raise TypeError(f"{type(self).__name__} does not say what it runs")

    def print_json(self, value: Any) -> None:
        """Write one JSON document, Chinese readable."""
        self.stdout.write(json.dumps(value, ensure_ascii=False, indent=2))

    def unusable(self, message: str, *, as_json: bool, **more: Any) -> int:
        """Say why the input cannot be used; returns exit code 2."""
        if as_json:
            self.print_json({"error": message, **more})
        else:
            self.stderr.write(message)
        return UNUSABLE

    def refuse(self, message: str) -> NoReturn:
        """Stop with a sentence for the operator and exit code 2."""
        self.stderr.write(message)
        sys.exit(UNUSABLE)
