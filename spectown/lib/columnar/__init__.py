"""Tables by the column: rows of a model as a polars frame and back, without one Python object per row."""
