"""A region: the same tables on PostgreSQL."""
