"""States of messages and their deliveries, and the ways they go."""

from django.db.models import TextChoices


class State(TextChoices):
    """Where a message stands; codes are stable. What was sent lies in the person's 消息."""

    WAITING = "waiting", "待发送"
    SENT = "sent", "已发送"
    READ = "read", "已读"
    DROPPED = "dropped", "不再需要"
    FAILED = "failed", "未发出"


class Channel(TextChoices):
    """A way beside the person's own page 消息."""

    MAIL = "mail", "电子邮件"
    ROBOT = "robot", "群机器人"


class Delivery(TextChoices):
    """Where one message stands on one way."""

    WAITING = "waiting", "待发送"
    SENDING = "sending", "发送中"
    SENT = "sent", "已发送"
    DROPPED = "dropped", "不再需要"
    FAILED = "failed", "未送达"


class Robot(TextChoices):
    """Whose form of message a robot of a group chat understands."""

    WECOM = "wecom", "企业微信群机器人"
    DINGTALK = "dingtalk", "钉钉群机器人"


TONES = {"waiting": "neutral", "sending": "blue", "sent": "green", "read": "green", "dropped": "neutral"} | {
    "failed": "red"
}
