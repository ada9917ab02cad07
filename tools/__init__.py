"""Tools for developers and for the set-up; nothing in the product imports them."""
