"""The pages of a line sitting, one a file."""
