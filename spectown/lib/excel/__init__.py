"""Form workbooks: written, read back as untrusted input, returned with the faults marked."""
