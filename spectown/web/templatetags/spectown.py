"""Filters and tags of every template (built in: no load needed). Nothing absent is ever shown as 0, "-" or "None"."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any
from urllib.parse import quote

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, FileInput, RadioSelect, Select
from django.forms.utils import ErrorDict
from django.template import Context
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from spectown.accounts.permissions import Permission
from spectown.organisations.actors import PUBLIC
from spectown.web import nav
from spectown.web.lights import light

register = template.Library()
register.simple_tag(light)

ABSENT = "未报"
YI = Decimal(10000)  # 1 亿元 in 万元
STATES = {"missing": "未报", "na": "不适用", "pending": "待核"}


def _decimal(value: object) -> Decimal | None:
    """A finite number, or None for anything that is none."""
    if value is None or isinstance(value, bool) or value == "":
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


@register.filter
def money(value: object) -> str:
    """Money given in 万元: 亿元 with two decimals where >= 1 亿, else 万元; None is 未报."""
    amount = _decimal(value)
    if amount is None:
        return ABSENT
    if abs(amount) >= YI:
        return f"{(amount / YI).quantize(Decimal('0.01'), ROUND_HALF_UP):,f} 亿元"
    return f"{_trimmed(amount.quantize(Decimal('0.01'), ROUND_HALF_UP))} 万元"


@register.filter
def duration(seconds: int) -> str:
    """Seconds in words, as coarse as a waiting person needs: 8 秒, 3 分钟, 2 小时 5 分钟."""
    minutes, rest = divmod(int(seconds), 60)
    if not minutes:
        return f"{rest} 秒"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} 小时 {minutes} 分钟" if hours else f"{minutes} 分 {rest} 秒" if rest else f"{minutes} 分钟"


@register.filter
def figure(value: object) -> str:
    """A number with thousands separators and no trailing zeros; None is 未报, a text stays as it is."""
    number = _decimal(value)
    if number is not None:
        return _trimmed(number)
    return ABSENT if value is None or value == "" else str(value)


def _trimmed(number: Decimal) -> str:
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@register.filter
def absent(value: object, words: str = "未填") -> object:
    """The value, or words in its place where there is none (0 is a value)."""
    return words if value is None or value == "" else value


@register.filter
def date_cn(value: object, words: str = "") -> str:
    """2026年11月23日; words where there is no date."""
    day = timezone.localtime(value).date() if isinstance(value, datetime.datetime) else value
    return f"{day.year}年{day.month}月{day.day}日" if isinstance(day, datetime.date) else words


@register.filter
def clause_anchor(ref: object) -> str:
    """HTML id of a clause in the reader, e.g. `clause-二(四)`; the reader must use the same filter."""
    return f"clause-{str(ref).strip()}"


@register.simple_tag(takes_context=True)
def clause_links(context: Context, ref: object) -> dict[str, str]:
    """Addresses of a clause: `page` (reader with anchor), `part` (the sentence for the box, may be empty)."""
    actor = getattr(context.get("request"), "actor", PUBLIC)
    reader = "plans:text" if actor.may(Permission.PLAN_VIEW) else "public:plan"
    part = "plans:clause" if actor.may(Permission.PLAN_VIEW) else "public:clause"
    return {
        "page": f"{nav.address(reader)}#{quote(clause_anchor(ref))}",
        "part": _reversed(part, str(ref).strip()),
    }


def _reversed(name: str, ref: str) -> str:
    try:
        return reverse(name, kwargs={"ref": ref})
    except NoReverseMatch:
        return ""


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: object) -> str:
    """The present query string with some keys replaced; None or "" drops a key. `?` alone where nothing is left."""
    params = context["request"].GET.copy()
    for key, value in changes.items():
        if value is None or value == "":
            params.pop(key, None)
        else:
            params[key] = str(value)
    return f"?{params.urlencode()}"


@register.filter
def state_label(state: str) -> str:
    """Chinese words of a figure's state, empty for a plain one."""
    return STATES.get(state, "")


@register.filter
def may(actor: Any, permission: str) -> bool:
    """{% if request.actor|may:"export" %}: the role holds the permission."""
    return bool(actor.may(permission))


CLASSES: tuple[tuple[type, str], ...] = (
    (CheckboxSelectMultiple, ""),
    (RadioSelect, ""),
    (CheckboxInput, ""),
    (Select, "form-select"),
    (FileInput, "form-control"),
)


@register.simple_tag
def widget(field: BoundField) -> SafeString:
    """The input of a field with the kit's classes and its error state; described-by ids come from Django."""
    kind = next((css for cls, css in CLASSES if isinstance(field.field.widget, cls)), "form-control")
    own = str(field.field.widget.attrs.get("class", ""))
    css = " ".join(part for part in (own, kind, "is-invalid" if field.errors else "") if part)
    return field.as_widget(attrs={"class": css} if css else {})


@register.filter
def is_choice_list(field: BoundField) -> bool:
    """True for groups of radio buttons or check boxes (drawn as fieldset)."""
    return isinstance(field.field.widget, RadioSelect | CheckboxSelectMultiple)


@register.filter
def is_checkbox(field: BoundField) -> bool:
    """True for one single check box."""
    return isinstance(field.field.widget, CheckboxInput)


@register.filter
def error_links(form: Any) -> list[dict[str, str]]:
    """All errors of a form for the summary: message, and id of the input it leads to (empty: whole form)."""
    errors: ErrorDict = form.errors
    return [link for name, found in errors.items() for link in _links(form, name, found)]


def _links(form: Any, name: str, found: Iterable[object]) -> list[dict[str, str]]:
    if name not in form.fields:
        return [{"message": str(message), "id": "", "label": ""} for message in found]
    bound = form[name]
    return [{"message": str(m), "id": bound.id_for_label or bound.auto_id, "label": str(bound.label)} for m in found]


@register.filter
def minutes(span: datetime.timedelta) -> str:
    """A span in whole minutes: 30 分钟."""
    return f"{max(1, round(span.total_seconds() / 60))} 分钟"


BROWSERS = (
    ("Edg", "Edge"),
    ("MicroMessenger", "微信"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (("Windows", "Windows"), ("Android", "安卓"), ("iPhone", "iPhone"), ("Mac OS", "macOS"), ("Linux", "Linux"))


@register.filter
def browser(user_agent: str) -> str:
    """Name of browser and system out of a user agent, for people."""
    found = [next((name for mark, name in table if mark in user_agent), "") for table in (BROWSERS, SYSTEMS)]
    return " · ".join(part for part in found if part) or "未能识别"
