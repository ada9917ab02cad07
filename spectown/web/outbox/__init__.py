"""消息: a person's messages and how they come; the office's record of all that goes out."""
