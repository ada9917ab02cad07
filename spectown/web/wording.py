"""House wording for what Django's own forms and checks say, once for all forms (Django's Chinese says 确保该变量…)."""

from __future__ import annotations

from typing import Any

from django.core import validators
from django.db import models
from django.forms import fields
from django.forms import models as chosen

CHOICE = "没有“%(value)s”这个选项,请从所列的选项中选择。"
MESSAGES: dict[Any, str] = {
    validators.MaxLengthValidator: "最多 %(limit_value)d 个字,现在有 %(show_value)d 个,请缩短。",
    validators.MinLengthValidator: "至少 %(limit_value)d 个字,现在只有 %(show_value)d 个。",
    validators.MaxValueValidator: "不能大于 %(limit_value)s。",
    validators.MinValueValidator: "不能小于 %(limit_value)s。",
    validators.StepValueValidator: "应为 %(limit_value)s 的倍数。",
    validators.EmailValidator: "邮箱地址应写成 name@example.cn 的样子。",
    validators.URLValidator: "网址应写成 https://www.example.cn/ 的样子。",
    validators.ProhibitNullCharactersValidator: "含有不能保存的字符,请重新输入。",
}
FIELDS: dict[Any, dict[str, str]] = {
    fields.Field: {"required": "请填写这一项。"},
    fields.IntegerField: {"invalid": "应为整数,如 120。"},
    fields.DecimalField: {"invalid": "应为数字,如 1234.5。"},
    fields.FloatField: {"invalid": "应为数字,如 1234.5。"},
    fields.DateField: {"invalid": "日期应写成 2026-11-23 的样子。"},
    fields.TimeField: {"invalid": "时间应写成 08:30 的样子。"},
    fields.DateTimeField: {"invalid": "日期和时间应写成 2026-11-23 08:30 的样子。"},
    fields.ChoiceField: {"invalid_choice": CHOICE},
    fields.MultipleChoiceField: {"invalid_choice": CHOICE, "invalid_list": "请从所列的选项中选择。"},
    fields.FileField: {
        "invalid": "没有收到文件,请重新选择。",
        "missing": "没有收到文件,请重新选择。",
        "empty": "文件是空的,请重新选择。",
        "max_length": "文件名最多 %(max)d 个字,现在有 %(length)d 个,请改短文件名。",
        "contradiction": "不能同时上传新文件又勾选清除,请选其一。",
    },
    fields.ImageField: {"invalid_image": "不是可以打开的图片,请重新选择。"},
    chosen.ModelChoiceField: {"invalid_choice": "没有这个选项,请从所列的选项中选择。"},
    chosen.ModelMultipleChoiceField: {
        "invalid_choice": "没有“%(value)s”这个选项,请从所列的选项中选择。",
        "invalid_list": "请从所列的选项中选择。",
        "invalid_pk_value": "没有这个选项,请从所列的选项中选择。",
    },
    models.Field: {
        "invalid_choice": "没有“%(value)r”这个选项,请从所列的选项中选择。",
        "null": "请填写这一项。",
        "blank": "请填写这一项。",
        "unique": "已有相同的“%(field_label)s”,不能重复。",
    },
    models.ForeignKey: {"invalid": "没有这一项(编号 %(value)s),请重新选择。"},
}
DIGITS = {
    "invalid": "应为数字,如 1234.5。",
    "max_digits": "最多 %(max)s 位数字。",
    "max_decimal_places": "小数最多 %(max)s 位。",
    "max_whole_digits": "小数点前最多 %(max)s 位。",
}


def use_house_wording() -> None:
    """Put the house's words in the place of Django's; fields that say their own keep them."""
    for validator, message in MESSAGES.items():
        validator.message = message
    for field, messages in FIELDS.items():
        field.default_error_messages = {**field.default_error_messages, **messages}
    validators.DecimalValidator.messages = {**validators.DecimalValidator.messages, **DIGITS}
