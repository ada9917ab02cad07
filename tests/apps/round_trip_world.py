"""Rows of any list with odd but right values, and their way out of the product and back in."""

import datetime
import itertools
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import strategies as st

from spectown.accounts.permissions import Role
from spectown.lists import exporting
from spectown.lists.checking import check_row
from spectown.lists.declaration import BoundColumn, Ledger
from spectown.lists.following import follow
from spectown.lists.importing import services
from spectown.lists.kinds import Kind
from spectown.lists.models import ImportRun, ListRow
from spectown.lists.registry import ledgers
from spectown.lists.scope import changeable, visible
from spectown.organisations.actors import Actor
from tests import factories
from tests.apps.import_world import code

DAY = datetime.date(2026, 11, 24)
ODD = (
    *("=1+1", "+86 355", "-3", "@now", "'quoted", "'=x", '"双引号"', "a,b;c\td", "第一行\n第二行", "第一行\r\n第二行"),
    *("-", "/", "——", "甲(集团)有限公司", "乙(上党)", "  前后有空格  ", "两  个空格", "全角\u3000空格", "１２３ＡＢＣ"),
    *("00123", "1.50", "1e5", "9.114E+17", "2024-03-01", "是", "合计", "小计:", "填报人:张三", "#N/A", "#DIV/0!"),
    *("_x000D_", "a_x0041_b", "<b>&amp;", "零\u200b宽", "😀表情", "🈚🈚", "TRUE", "35%", "1,234.5", "1200万元"),
    *("3/4", "12:30", "XM0000001", "QY0000001", "\ufeffBOM", "e\u0301", "é"),
)
DAYS = tuple(datetime.date(*day) for day in ((1900, 1, 1), (1900, 2, 28), (1900, 3, 1), (2026, 3, 5), (2100, 12, 31)))
NAMES = ("甲(集团)有限公司", "乙(上党)", "=丙", "丁  戊", "QY000000", "XM000000", "己\u200b")
_SAFE = st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co"), exclude_characters="\ufffe\uffff")


def ledger_ids() -> list[str]:
    return [ledger.slug for ledger in ledgers()]


def factory_of(ledger: Ledger) -> Any:
    return getattr(factories, f"{ledger.model.__name__}Factory")


def _text(bound: BoundColumn) -> st.SearchStrategy[str]:
    most = bound.field.max_length or 600
    plain = st.text(_SAFE, min_size=1, max_size=min(most, 60))
    odd = st.sampled_from([text for text in ODD if len(text) <= most])
    return st.one_of(odd, plain, st.just("长" * most), odd.map(lambda text: f"{text[: most - 1]}尾"))


def _number(bound: BoundColumn) -> st.SearchStrategy[Any]:
    low, high = bound.limits
    low, high = max(low if low is not None else -(2**31), -(2**31)), min(high if high is not None else 2**31, 2**31 - 1)
    return st.one_of(st.sampled_from((low, high)), st.integers(int(low), int(high)))


def limits_of(bound: BoundColumn) -> tuple[Decimal, Decimal]:
    """Smallest and largest amount that the column takes."""
    field: Any = bound.field
    low, high = bound.limits
    most = Decimal(10) ** (field.max_digits - field.decimal_places) - Decimal(1).scaleb(-field.decimal_places)
    return Decimal(low if low is not None else -most), min(most, Decimal(high if high is not None else most))


def _amount(bound: BoundColumn) -> st.SearchStrategy[Any]:
    field: Any = bound.field
    low, high = limits_of(bound)
    drawn = st.decimals(low, high, places=field.decimal_places)
    return st.one_of(drawn, st.sampled_from((low, high, Decimal("9494613.44")))).filter(lambda n: low <= n <= high)


def _date(_: BoundColumn) -> st.SearchStrategy[Any]:
    return st.one_of(st.sampled_from(DAYS), st.dates(datetime.date(2015, 1, 1), datetime.date(2026, 10, 1)))


MAKERS: dict[Kind, Callable[[BoundColumn], st.SearchStrategy[Any]]] = {
    Kind.TEXT: _text,
    Kind.INTEGER: _number,
    Kind.YEAR: _number,
    Kind.DECIMAL: _amount,
    Kind.PERCENT: _amount,
    Kind.DATE: _date,
    Kind.CHOICE: lambda bound: st.sampled_from([code for code, _ in bound.field.flatchoices]),
    Kind.FLAG: lambda _: st.booleans(),
    Kind.CODE: lambda _: st.integers(1, 10**7 - 1).map(code),
}


def values_of(ledger: Ledger) -> st.SearchStrategy[dict[str, Any]]:
    """Some columns of a row; the others stay as the factory makes them, most of them blank."""
    made = {b.name: MAKERS[b.kind](b) for b in ledger.bound if b.kind in MAKERS and not b.column.locked}
    made = {n: st.one_of(st.none(), s) if ledger.by_name[n].field.null else s for n, s in made.items()}
    return st.fixed_dictionaries({}, optional=made)


class Place:
    """A county with a town, its person and the office."""

    def __init__(self) -> None:
        self.territory = factories.TerritoryFactory.create(name="甲县")
        self.town = factories.TownFactory.create(name="黄小米(有机)专业镇", territory=self.territory)
        self.numbers = itertools.count(1)
        self.names = [f"{name}{n}" for n in range(200) for name in NAMES]
        self.unit = factories.UnitFactory.create(territory=self.territory, name="甲县工信局")
        self.office = factories.actor(Role.OFFICE)
        self.county = factories.actor(Role.COUNTY_FILL, unit=self.unit)

    def row(self, ledger: Ledger, values: dict[str, Any], chance: Any) -> ListRow:
        """A row that the product's own checks accept: what they refuse stays as the factory makes it."""
        row: ListRow = factory_of(ledger).create(**self._standing(ledger, chance))
        follow(ledger, row)
        before = {name: getattr(row, name) for name in values}
        _set(row, values)
        if _refused(ledger, row):  # then kind by kind, each only where it is right with the others
            _set(row, before)
            for kind in MAKERS:
                names = [name for name in values if ledger.by_name[name].kind == kind]
                _set(row, {name: values[name] for name in names})
                if names and _refused(ledger, row):
                    _set(row, {name: before[name] for name in names})
        row.save()
        return row

    def _standing(self, ledger: Ledger, chance: Any) -> dict[str, Any]:
        """References: to rows of this county, those that may be blank sometimes."""
        given: dict[str, Any] = {"territory": self.territory}
        for bound in ledger.bound:
            ours = bound.kind == Kind.REFERENCE and bound.name not in ("territory", "certifier", *ledger.follows)
            if ours and (not bound.field.null or chance.random() < 0.6):
                given[bound.name] = self._of(bound.field.related_model, chance)
        return given

    def _of(self, model: Any, chance: Any) -> Any:
        name = self.names.pop(chance.randrange(len(self.names)))
        if model.__name__ == "Enterprise":
            coded = {"kind": "company", "code": code(next(self.numbers))} if chance.random() < 0.5 else {}
            return factories.EnterpriseFactory.create(name=name, territory=self.territory, **coded)
        if model.__name__ == "Project":
            if chance.random() < 0.5:  # a namesake elsewhere: the workbook names ours by its number
                factories.ProjectFactory.create(name=name)
            return factories.ProjectFactory.create(name=name, territory=self.territory)
        if model.__name__ == "Post":
            return factories.PostFactory.create(unit=self.unit, title=f"{name}局长")
        if model.__name__ == "Town":
            return factories.TownFactory.create(name=name, territory=self.territory)
        if model.__name__ == "Problem":  # a member has a state of its own, which is no matter of a workbook
            return None
        return self.unit


def _set(row: ListRow, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)


def _refused(ledger: Ledger, row: ListRow) -> bool:
    try:
        with transaction.atomic():
            check_row(ledger, row)
    except ValidationError:
        return True
    return False


def exported(ledger: Ledger, by: Actor) -> bytes:
    """The list as its page gives it out."""
    rows = visible(ledger, by).order_by(*ledger.order, "pk")
    return b"".join(exporting.export(ledger, rows, by=by, day=DAY))


def prefilled(ledger: Ledger, by: Actor) -> bytes:
    """The template with the present rows."""
    rows = changeable(ledger, by).order_by(*ledger.order, "pk")
    return b"".join(exporting.template(ledger, rows, by=by, day=DAY))


def checked(ledger: Ledger, by: Actor, data: bytes, name: str = "表.xlsx") -> ImportRun:
    """The upload after its check."""
    run = services.upload(ledger=ledger, data=data, file_name=name, by=by)
    services.start_check(run=run, by=by)
    run.refresh_from_db()
    return run


def differences(run: ImportRun) -> Iterator[Any]:
    """Everything that is not 'unchanged', for the message of a failed test."""
    yield from ([run.state, run.message] if run.state not in {"ready", "same"} else [])
    yield from ((f["cell"], f["heading"], f["value"], f["reason"]) for f in run.faults)
    for kind in ("new", "changed", "conflict"):
        yield from ((kind, row["row"], row["cells"]) for row in run.preview.get(kind, []))
