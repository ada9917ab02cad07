"""网页: everything a browser sees, one package per area of work."""
