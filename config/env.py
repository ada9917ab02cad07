"""The settings an installation may choose, in one table: name, type, default, meaning.

Read once at start. A wrong value stops the start with a sentence in Chinese that names the variable.
`docs/operations/settings.md` is checked against this table by tests/test_house.py.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Setting:
    """One environment variable: how it is read, what stands when it is absent, what it is for (Chinese)."""

    name: str
    read: Callable[[str], object]
    default: str
    meaning: str
    expected: str


def _boolean(text: str) -> bool:
    table = {
        "1": True,
        "true": True,
        "yes": True,
        "on": True,
        "0": False,
        "false": False,
        "no": False,
        "off": False,
    }
    return table[text.strip().lower()]


def _positive(text: str) -> int:
    number = int(text)
    if number <= 0:
        raise ValueError(text)
    return number


def _port(text: str) -> int:
    number = int(text)
    if not 0 < number < 65536:
        raise ValueError(text)
    return number


def _hour(text: str) -> int:
    number = int(text)
    if not 0 <= number < 24:
        raise ValueError(text)
    return number


def _names(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _path(text: str) -> Path:
    path = Path(text).expanduser()
    return path if path.is_absolute() else BASE_DIR / path


def _optional_path(text: str) -> Path | None:
    return _path(text) if text else None


def _secrets_dir() -> str:
    """Outside the checkout, one folder per checkout, so that two copies never share keys."""
    state = Path(os.environ.get("XDG_STATE_HOME") or Path("~/.local/state").expanduser())
    return str(state / "spectown" / hashlib.sha256(str(BASE_DIR).encode()).hexdigest()[:12])


def _security(text: str) -> str:
    if text not in ("none", "starttls", "ssl"):
        raise ValueError(text)
    return text


YES_NO = "1 或 0"
COUNT = "正整数"
FOLDER = "文件夹路径"

SETTINGS = (
    Setting("HOST", str, "127.0.0.1", "监听地址;对外服务时填 0.0.0.0,并须设置 ALLOWED_HOSTS", "IP 地址"),
    Setting("PORT", _port, "8000", "监听端口", "1–65535 的整数"),
    Setting("WORKERS", _positive, "2", "应用服务器进程数", COUNT),
    Setting("WORKER", _boolean, "1", "启动时是否同时运行后台作业进程;另用 spectown worker 运行时填 0", YES_NO),
    Setting("JOB_DAYS", _positive, "30", "已结束的后台作业保留多少天(建议值)", COUNT),
    Setting(
        "DATABASE_URL",
        str,
        "",
        "数据库;空则用 DATA_DIR 中的 SQLite 文件,生产环境建议 PostgreSQL",
        "postgres://用户:口令@主机:端口/库名 或 sqlite:///绝对路径",
    ),
    Setting("DATA_DIR", _path, "var", "数据库文件、上传材料所在的文件夹;相对路径以项目文件夹为准", FOLDER),
    Setting(
        "SECRETS_DIR",
        _path,
        _secrets_dir(),
        "首次启动生成的密钥所在的文件夹,不放在项目文件夹内,须单独备份",
        FOLDER,
    ),
    Setting("SECRET_KEY", str, "", "会话签名密钥;空则首次启动时生成并存入 SECRETS_DIR", "50 个字符以上的随机文字"),
    Setting("AUDIT_KEY", str, "", "操作日志链的密钥;空则首次启动时生成并存入 SECRETS_DIR", "64 位十六进制"),
    Setting("ALLOWED_HOSTS", _names, "127.0.0.1,localhost,[::1]", "允许访问的域名,逗号分隔", "域名列表"),
    Setting("TRUSTED_ORIGINS", _names, "", "反向代理后的外部网址(带 https://),逗号分隔", "网址列表"),
    Setting("HTTPS", _boolean, "0", "是否经 HTTPS 访问:打开后 Cookie 只走加密连接并发送 HSTS", YES_NO),
    Setting("DEBUG", _boolean, "0", "开发调试;生产环境必须为 0", YES_NO),
    Setting("DEMO", _boolean, "1", "启动时是否装入演示数据;已有正式数据的库拒绝装入", YES_NO),
    Setting("DEMO_PASSWORD", str, "", "演示账号口令;空则用文档所列口令,但仅限本机访问时允许为空", "12 个字符以上"),
    Setting("PLAN_DIR", _path, "plans/changzhi-2023", "启动时装入的方案文件夹", FOLDER),
    Setting("SESSION_IDLE_MINUTES", _positive, "30", "无操作多少分钟后须重新登录(建议值)", COUNT),
    Setting("SESSION_HOURS", _positive, "10", "一次登录最长多少小时(建议值)", COUNT),
    Setting("LOGIN_FAILURES", _positive, "5", "连续登录失败几次后锁定(建议值)", COUNT),
    Setting("LOCK_MINUTES", _positive, "30", "锁定多少分钟(建议值)", COUNT),
    Setting("IMPORT_KEEP_DAYS", _positive, "90", "导入结束后原文件保留多少天(建议值);记录和日志一直保留", COUNT),
    Setting(
        "FONT_DIR",
        _optional_path,
        "",
        "本单位有授权的公文字体(仿宋_GB2312、方正小标宋简体、楷体_GB2312、黑体、宋体)所在的文件夹,生成 PDF 时优先使用;"
        "空则用 make fonts 取得的 Fandol 字体,再无则用随程序安装的 Noto 字体",
        FOLDER,
    ),
    Setting(
        "SOFFICE",
        _optional_path,
        "",
        "LibreOffice 的程序文件,如 /usr/bin/soffice;填写后自有模板也可生成 PDF,空则自有模板只生成 Word 文件",
        "文件路径",
    ),
    Setting("DUE_HOUR", _hour, "7", "每天从几点起办理到期提醒、亮灯等(建议值)", "0–23 的整数"),
    Setting(
        "SITE_URL",
        str,
        "",
        "本系统的外部网址,邮件和日历中的链接以它开头;空则不带链接",
        "网址,如 https://zhuanzhen.example.gov.cn",
    ),
    Setting("MAIL_HOST", str, "", "发信服务器;空则不发电子邮件,其他消息照发", "域名或 IP 地址"),
    Setting("MAIL_PORT", _port, "465", "发信服务器端口", "1–65535 的整数"),
    Setting("MAIL_SECURITY", _security, "ssl", "发信服务器的加密方式", "ssl、starttls 或 none"),
    Setting("MAIL_USER", str, "", "发信账号;空则不登录", "账号"),
    Setting("MAIL_PASSWORD", str, "", "发信账号的口令或授权码", "口令"),
    Setting("MAIL_FROM", str, "", "发件人地址;空则用 MAIL_USER", "邮箱地址"),
    Setting(
        "ROBOT_HOSTS",
        _names,
        "qyapi.weixin.qq.com,oapi.dingtalk.com",
        "群机器人地址允许的服务器,逗号分隔;单位自建的企业微信、钉钉在此加入",
        "域名列表",
    ),
    Setting("UPLOAD_MB", _positive, "20", "单个上传文件的上限(MB,建议值)", COUNT),
)
BY_NAME = {setting.name: setting for setting in SETTINGS}


def read(name: str) -> object:
    """Value of one setting; raises ImproperlyConfigured with a Chinese sentence when it cannot be used."""
    setting = BY_NAME[name]
    text = os.environ.get(name, "").strip() or setting.default
    try:
        return setting.read(text)
    except (ValueError, KeyError) as error:
        message = f"环境变量 {name} 的值“{text}”不可用:应为{setting.expected}。用途:{setting.meaning}。"
        raise ImproperlyConfigured(message) from error


def text(name: str) -> str:
    """A setting that is text."""
    return cast(str, read(name))


def number(name: str) -> int:
    """A setting that is a whole number."""
    return cast(int, read(name))


def flag(name: str) -> bool:
    """A setting that is yes or no."""
    return cast(bool, read(name))


def folder(name: str) -> Path:
    """A setting that is a folder (made when it is first needed)."""
    return cast(Path, read(name))


def optional_folder(name: str) -> Path | None:
    """A setting that is a folder, or None where it is empty."""
    return cast(Path | None, read(name))


def names(name: str) -> list[str]:
    """A setting that is a list of names."""
    return cast("list[str]", read(name))
