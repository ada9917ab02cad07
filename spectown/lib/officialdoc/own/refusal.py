"""Why a file cannot be a template."""

from spectown.lib.refusal import Refused


class TemplateRefused(Refused):
    """The file cannot be used as a template at all; the message says why and what to do, in Chinese."""


def damaged() -> TemplateRefused:
    """The refusal of a file that cannot be read."""
    return TemplateRefused("文件已损坏或不是完整的 Word 文档,请用 Word 或 WPS 另存为 .docx 后重新上传。")


def holds(what: str, todo: str = "请去除后重新上传") -> TemplateRefused:
    """The refusal of a file that holds something it must not."""
    return TemplateRefused(f"文件含有{what},已拒绝,{todo}。")
