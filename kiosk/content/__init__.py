"""Reading, checking and freezing content packs."""
