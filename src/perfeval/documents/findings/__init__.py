"""What a check found (校核结果): for people, for tools, and for the record."""
