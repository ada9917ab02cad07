"""What forms say is the house's wording, wherever Django would say 确保该变量…."""

import pytest
from django import forms
from django.core.exceptions import ValidationError

from spectown.web.wording import FIELDS, MESSAGES

CASES = [
    (forms.CharField(max_length=2), "甲乙丙", "最多 2 个字,现在有 3 个,请缩短。"),
    (forms.CharField(min_length=2), "甲", "至少 2 个字,现在只有 1 个。"),
    (forms.CharField(), "", "请填写这一项。"),
    (forms.IntegerField(max_value=100), "101", "不能大于 100。"),
    (forms.IntegerField(min_value=0), "-1", "不能小于 0。"),
    (forms.IntegerField(), "甲", "应为整数,如 120。"),
    (forms.DecimalField(max_digits=4, decimal_places=2), "1.234", "小数最多 2 位。"),
    (forms.DecimalField(max_digits=4, decimal_places=2), "123456", "最多 4 位数字。"),
    (forms.DecimalField(), "甲", "应为数字,如 1234.5。"),
    (forms.DateField(), "2026-13-01", "日期应写成 2026-11-23 的样子。"),
    (forms.ChoiceField(choices=[("a", "甲")]), "b", "没有“b”这个选项,请从所列的选项中选择。"),
    (forms.EmailField(), "甲", "邮箱地址应写成 name@example.cn 的样子。"),
    (forms.FileField(), None, "请填写这一项。"),
]


@pytest.mark.parametrize(("field", "value", "said"), CASES)
def test_forms_speak_plainly(field: forms.Field, value: object, said: str) -> None:
    with pytest.raises(ValidationError) as fault:
        field.clean(value)
    assert fault.value.messages[0] == said


def test_none_of_them_is_machine_talk() -> None:
    said = [*MESSAGES.values(), *(text for texts in FIELDS.values() for text in texts.values())]
    assert not [text for text in said if "确保" in text or "变量" in text or "字段" in text]
