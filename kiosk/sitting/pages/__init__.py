"""The pages of a sitting, each once: no face is known here."""
