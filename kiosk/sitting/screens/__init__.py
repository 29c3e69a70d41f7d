"""The pages of a sitting, one a file."""
