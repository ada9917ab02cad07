"""操作日志: who changed what, when, from what to what; chained so that tampering shows."""
