"""Measurements that print figures, for people to judge. Nothing here asserts, and nothing here is shipped."""
