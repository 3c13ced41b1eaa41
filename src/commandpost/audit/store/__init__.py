"""The audit log's table and its queries."""
