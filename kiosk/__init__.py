"""A private sitting at a shared computer."""

__version__ = "0.1.0"
"""The version of the program; a content pack and a record's format count for themselves."""
