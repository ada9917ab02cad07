"""People who can log in, and what kind of data this installation holds."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """One person with a login. What they may do for whom stands in organisations.Membership."""

    # Chinese names are one field; Django removes an inherited field that is set to None, which its stubs do not know.
    first_name = None  # type: ignore[assignment]  # Django's field, taken away: there is one name
    last_name = None  # type: ignore[assignment]  # the same
    name = models.CharField("姓名", max_length=50)
    phone = models.CharField("电话", max_length=30, blank=True)
    must_change_password = models.BooleanField("下次登录须改口令", default=False)

    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = verbose_name_plural = "用户"
        ordering = ("username",)

    def __str__(self) -> str:
        return f"{self.name}({self.username})"

    def get_full_name(self) -> str:
        """Chinese name."""
        return self.name

    def get_short_name(self) -> str:
        """Chinese name."""
        return self.name


class Installation(models.Model):
    """The one row that says whether this database holds demonstration or real data; it never changes afterwards."""

    class Mode(models.TextChoices):
        """What the database holds."""

        DEMO = "demo", "演示数据"
        PRODUCTION = "production", "正式数据"

    mode = models.CharField("数据性质", max_length=20, choices=Mode)
    made_at = models.DateTimeField("建立时间", auto_now_add=True)

    _known: ClassVar[str] = ""

    class Meta:
        verbose_name = verbose_name_plural = "安装"
        constraints = (models.CheckConstraint(condition=models.Q(pk=1), name="installation_is_one_row"),)

    def __str__(self) -> str:
        return self.get_mode_display()

    @classmethod
    def is_demo(cls) -> bool:
        """True where this database holds demonstration data. Every page asks: once known, it is remembered."""
        cls._known = cls._known or cls.objects.values_list("mode", flat=True).filter(pk=1).first() or ""
        return cls._known == cls.Mode.DEMO

    @classmethod
    def forget(cls) -> None:
        """Ask again: the tests change the database under the process."""
        cls._known = ""
