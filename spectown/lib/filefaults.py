"""Why a file cannot be read or written, in Chinese; what the system says where we have no words for it."""

WORDS: dict[type[OSError], str] = {
    FileNotFoundError: "没有这个文件",
    IsADirectoryError: "这是文件夹,不是文件",
    PermissionError: "没有权限",
}


def why(error: OSError) -> str:
    """The reason, to stand in brackets."""
    return WORDS.get(type(error), error.strerror or type(error).__name__)
