"""States of a job."""

from django.db.models import TextChoices


class State(TextChoices):
    """Where a job stands; codes are stable."""

    QUEUED = "queued", "等待中"
    RUNNING = "running", "进行中"
    DONE = "done", "已完成"
    FAILED = "failed", "未完成"
    CANCELLED = "cancelled", "已取消"


TONES = {  # colour of the tag
    State.QUEUED: "neutral",
    State.RUNNING: "blue",
    State.DONE: "green",
    State.FAILED: "red",
    State.CANCELLED: "yellow",
}
FINISHED = (State.DONE, State.FAILED, State.CANCELLED)
