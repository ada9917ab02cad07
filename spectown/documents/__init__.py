"""Official documents (公文): drafted from facts, checked, signed, numbered, filed, received."""
