"""Numbers, the store, the clerk."""
