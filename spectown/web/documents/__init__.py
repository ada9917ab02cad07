"""Official documents (公文): draft, register, receive."""
