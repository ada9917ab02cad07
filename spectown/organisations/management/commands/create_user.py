"""spectown create_user."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser
from django.db import transaction

from spectown.accounts.permissions import Permission, Role
from spectown.accounts.services import create_user
from spectown.lib.commands import FINE, ReportCommand
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor
from spectown.organisations.models import Unit
from spectown.organisations.services import grant

# Whoever can run commands on the server already holds the database: the log says so in these words.
OPERATOR = Actor(name="服务器命令行", permissions=frozenset({Permission.USER_CHANGE, Permission.ROLE_CHANGE}))


class Command(ReportCommand):
    """Make the first accounts of an installation."""

    help = "新建用户并显示一次临时口令;给出角色和单位代码时一并授予。用于建立最初的几个管理员。"

    def arguments(self, parser: CommandParser) -> None:
        """Own arguments."""
        parser.add_argument("username", metavar="用户名")
        parser.add_argument("name", metavar="姓名")
        parser.add_argument("--phone", default="", metavar="电话")
        parser.add_argument("--role", choices=Role.values, metavar="角色", help="、".join(Role.values))
        parser.add_argument("--unit", metavar="单位代码", help="如 office;须与 --role 一起给出")

    def run(self, **options: Any) -> int:
        """Make the account; nothing is left behind where the role cannot be given."""
        try:
            password = self._create(options)
        except Refused as refused:
            return self.unusable(str(refused), as_json=options["json"])
        if options["json"]:
            self.print_json({"username": options["username"], "password": password})
        else:
            self.stdout.write(f"已建立用户 {options['username']},临时口令(只显示这一次):{password}")
        return FINE

    @transaction.atomic
    def _create(self, options: dict[str, Any]) -> str:
        if bool(options["role"]) != bool(options["unit"]):
            raise Refused("--role 和 --unit 须一起给出。")
        user, password = create_user(
            username=options["username"], name=options["name"], phone=options["phone"], by=OPERATOR
        )
        if options["role"]:
            unit = Unit.objects.filter(code=options["unit"]).first()
            if unit is None:
                raise Refused(f"没有代码为 {options['unit']} 的单位。请先装入方案,或核对代码。")
            grant(user=user, unit=unit, role=Role(options["role"]), by=OPERATOR)
        return password
