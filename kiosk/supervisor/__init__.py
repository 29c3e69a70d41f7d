"""Owns the terminal; starts and ends everyone. Standard library only."""
