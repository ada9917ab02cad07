"""What the tests of imports share: a city of two counties, workbooks as somebody would send them."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import xlsxwriter
from stdnum.cn import uscc

from spectown.accounts.permissions import Role
from spectown.enterprises.models import Enterprise
from spectown.lists.declaration import Ledger
from spectown.lists.importing import services
from spectown.lists.models import ImportRun
from spectown.lists.registry import ledger_of
from spectown.organisations.actors import Actor
from tests import factories

HEAD = ("编号", "统一社会信用代码", "名称", "属地", "主体类型", "注册资本(万元)", "联系人", "版本")


def enterprises() -> Ledger:
    ledger = ledger_of("enterprises")
    assert ledger is not None
    return ledger


def code(number: int) -> str:
    """A valid 统一社会信用代码."""
    body = f"91140400MA{number:07d}"
    return body + str(uscc.calc_check_digit(body))


def workbook(rows: Sequence[Sequence[Any]], head: Sequence[str] = HEAD) -> bytes:
    """A workbook with a title, the headings in row 2 and the rows from row 3 on."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet("企业清单")
    sheet.write(0, 0, "企业清单")
    for number, row in enumerate([head, *rows], start=1):
        for column, value in enumerate(row):
            if value is not None:
                sheet.write(number, column, value)
    book.close()
    return buffer.getvalue()


class World:
    """Two counties, the office, and one person filling in for the first county."""

    def __init__(self) -> None:
        self.here = factories.TerritoryFactory.create(name="甲县")
        self.there = factories.TerritoryFactory.create(name="乙县")
        self.town = factories.TownFactory.create(name="黄小米专业镇", territory=self.here)
        self.office = factories.actor(Role.OFFICE)
        unit = factories.UnitFactory.create(territory=self.here)
        self.county = factories.actor(Role.COUNTY_FILL, unit=unit)

    def firm(self, number: int, **values: Any) -> Enterprise:
        given = {"name": f"企业{number}", "kind": "company", "code": code(number), "territory": self.here}
        row: Enterprise = factories.EnterpriseFactory.create(**(given | values))
        return row


def line(firm: Enterprise, **changes: Any) -> list[Any]:
    """A firm as it stands in the workbook of HEAD."""
    values = {
        "编号": enterprises().number(firm.pk),
        "统一社会信用代码": firm.code,
        "名称": firm.name,
        "属地": firm.territory.name,
        "主体类型": firm.get_kind_display(),
        "注册资本(万元)": firm.capital,
        "联系人": firm.contact,
        "版本": firm.version,
    }
    values |= changes
    return [values[name] for name in HEAD]


def fresh(number: int, name: str = "", county: str = "甲县") -> list[Any]:
    """A new firm as a line of HEAD."""
    return [None, code(number), name or f"新企业{number}", county, "企业", 100, "张三", None]


def sent(by: Actor, data: bytes, name: str = "企业.xlsx") -> ImportRun:
    """Upload and check."""
    run = services.upload(ledger=enterprises(), data=data, file_name=name, by=by)
    services.start_check(run=run, by=by)
    run.refresh_from_db()
    return run


def applied(run: ImportRun, by: Actor) -> ImportRun:
    """Confirm."""
    services.apply(run=run, by=by)
    run.refresh_from_db()
    return run


def reasons(run: ImportRun) -> list[tuple[int, str]]:
    """Row and reason of every fault on the run."""
    return [(fault["row"], fault["reason"]) for fault in run.faults]
