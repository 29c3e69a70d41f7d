"""Merging the HMIS list with external lists: one list of numbers in order of need (MO-05, MO-08 to MO-12)."""
