"""A private sitting at a shared computer."""
