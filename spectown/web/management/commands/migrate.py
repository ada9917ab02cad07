"""Django's migrate, which makes the tables of an empty database at once and says in Chinese what went wrong."""

from __future__ import annotations

from argparse import SUPPRESS
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.core.management.commands import migrate
from django.db import Error, connections

from spectown.lib.commands import ChineseCommand
from spectown.lib.fresh import make_tables

PART = ("app_label", "fake", "fake_initial", "plan", "check_unapplied", "prune", "by_steps")  # not all of it, not now


class Command(ChineseCommand, migrate.Command):
    """Bring the database to the state of this version."""

    help = "把数据库升级到本版本;空库一次建成全部表"

    def add_arguments(self, parser: CommandParser) -> None:
        """Django's arguments work as ever; the help names what an operator may need."""
        super().add_arguments(parser)
        for argument in parser._actions[1:]:  # behind our own -h
            argument.help = SUPPRESS
        parser.add_argument("--by-steps", action="store_true", help="空库也逐个执行迁移(用于核对,较慢)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make or migrate; what an earlier development version left behind is refused with what to do."""
        try:
            if not any(options.get(name) for name in PART):
                make_tables(connections[options["database"]])
            super().handle(*args, **options)
        except Error as error:
            raise CommandError(
                f"数据库升级没有完成,失败的一步已经撤销,数据没有丢失。数据库的说法:{error}。"
                "开发期间旧版本留下的演示库不能升级:请换一个空的 DATA_DIR 或空库再启动。"
                "正式数据请先备份,再与维护人员联系。"
            ) from error
