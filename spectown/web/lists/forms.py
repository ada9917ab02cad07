"""The form of a row, built from the declaration of its list."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from copy import copy
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import BaseConstraint, UniqueConstraint
from django.http import QueryDict
from django.utils.safestring import SafeString, mark_safe

from spectown.lists.checking import check_row, stored
from spectown.lists.declaration import BoundColumn, Ledger
from spectown.lists.models import ListRow
from spectown.lists.usable import first_place
from spectown.organisations.actors import Actor
from spectown.web.lists.fields import field_of


class RowForm(forms.Form):
    """All columns of a list. Hidden beside each stands what it showed at first, so that only changes are sent on."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(
        label="修改说明", max_length=200, required=False, help_text="可不填,写入这一行的变更记录。"
    )

    def __init__(
        self,
        data: Any = None,
        *,
        ledger: Ledger,
        actor: Actor,
        row: ListRow | None = None,
        fixed: Mapping[str, ListRow] | None = None,
        proposed: Mapping[str, Any] | None = None,
        only: Collection[str] = (),
    ) -> None:
        self.ledger, self.actor, self.row, self.fixed, self.only = ledger, actor, row, fixed or {}, only
        super().__init__(data, initial=self._begun() | dict(proposed or {}))
        kept = stored(ledger, row) if row else {}
        for column in self.open_columns:
            field = field_of(ledger, column, actor, kept.get(column.name) if column.field.is_relation else None)
            field.show_hidden_initial = row is not None
            if column.name in self.fixed:
                field.disabled, field.help_text = True, "从它的页面进入,不能更换。"
            self.fields[column.name] = field
        if row is None:
            del self.fields["reason"]
        self.order_fields([*ledger.by_name, "reason", "version"])

    def _begun(self) -> dict[str, Any]:
        if self.row:
            return stored(self.ledger, self.row) | {"version": self.row.version}
        defaults = {c.name: c.field.get_default() for c in self.ledger.bound if c.field.has_default()}
        return defaults | first_place(self.actor) | {name: row.pk for name, row in self.fixed.items()}

    def clean(self) -> dict[str, Any]:
        """Faults of single fields do not hide those of the row, which the service would name only afterwards."""
        if self.errors:
            right = {column.name for column in self.open_columns if column.name in self.cleaned_data}
            try:
                check_row(self.ledger, self._typed(right), leave=_all_fields(self.ledger) - right)
            except ValidationError as fault:
                self.add_faults(fault)
        return self.cleaned_data

    def _typed(self, names: Collection[str]) -> ListRow:
        """A row, never saved, with what was typed in these columns."""
        row = copy(self.row) if self.row else self.ledger.model()
        for name in names:
            setattr(row, name, self.cleaned_data[name])
        return row

    @property
    def open_columns(self) -> list[BoundColumn]:
        """Columns that people fill in; locked ones follow from others. With `only`, these alone."""
        return [c for c in self.ledger.bound if not c.column.locked and (not self.only or c.name in self.only)]

    @property
    def locked_columns(self) -> list[BoundColumn]:
        """Columns that follow from others."""
        return [] if self.only else [column for column in self.ledger.bound if column.column.locked]

    @property
    def columns(self) -> Iterable[tuple[BoundColumn, forms.BoundField]]:
        """Every column with its input, in order."""
        return [(column, self[column.name]) for column in self.open_columns]

    @property
    def hidden_initials(self) -> SafeString:
        """Hidden inputs with what each column showed when the page was made."""
        names = [column.name for column in self.open_columns if self.row]
        return mark_safe("".join(self[name].as_hidden(only_initial=True) for name in names))  # noqa: S308  Django's own inputs

    @property
    def values(self) -> dict[str, Any]:
        """What to write: everything of a new row, only what was changed of an old one."""
        names = [c.name for c in self.open_columns if self.row is None or c.name in self.changed_data]
        return {name: self.cleaned_data[name] for name in names}

    def add_faults(self, fault: ValidationError) -> None:
        """Put the errors of a service to their columns; what belongs to no column stands at the top."""
        found = fault.error_dict if hasattr(fault, "error_dict") else {NON_FIELD_ERRORS: fault.error_list}
        for name, errors in found.items():
            for error in errors:
                column, text = self._place(name, error)
                self.add_error(column if column in self.fields else None, text)

    def _place(self, name: str, error: ValidationError) -> tuple[str, str]:
        text = " ".join(error.messages)
        constraint = _broken(self.ledger, text)
        if isinstance(constraint, UniqueConstraint):
            labels = "、".join(c.label for c in self.ledger.bound if c.name in constraint.fields)
            return next(iter(constraint.fields), ""), f"已有一行的{labels}与此相同,请核对是否重复登记。"
        return name, text

    def rebased(self, row: ListRow) -> RowForm:
        """The same form upon the row as it is now: what was typed stays, what was not touched follows the row."""
        fresh = RowForm(ledger=self.ledger, actor=self.actor, row=row, only=self.only)
        data = QueryDict(mutable=True)
        for name in [column.name for column in self.open_columns]:
            now = _raw(fresh[name].value())
            typed = name in self.changed_data
            data.setlist(self.add_prefix(name), _raw(self[name].value()) if typed else now)
            data.setlist(self[name].html_initial_name, now)
        data["version"], data["reason"] = str(row.version), str(self["reason"].value() or "")
        return RowForm(data, ledger=self.ledger, actor=self.actor, row=row, only=self.only)


def _all_fields(ledger: Ledger) -> set[str]:
    return {field.name for field in ledger.model._meta.fields}


def _raw(value: Any) -> list[str]:
    """As a browser sends it: one value, or several names."""
    return value if isinstance(value, list) else ["" if value is None else str(value)]


def _broken(ledger: Ledger, text: str) -> BaseConstraint | None:
    """The constraint that Django names in its message, whose words are not for people."""
    return next((c for c in ledger.model._meta.constraints if c.get_violation_error_message() == text), None)


class ReasonForm(forms.Form):
    """A reason, asked for before rows are taken out or put back."""

    reason = forms.CharField(label="理由", max_length=500, error_messages={"required": "请填写理由。"})
