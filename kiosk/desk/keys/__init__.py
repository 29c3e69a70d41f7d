"""The provider's key: what derives from it, where it lies, how it is shared, backed up and replaced."""
