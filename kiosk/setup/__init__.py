"""The set-up pages and what they make."""
