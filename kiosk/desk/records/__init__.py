"""What stands on the list: records opened, resolved, ranked, and removed."""
