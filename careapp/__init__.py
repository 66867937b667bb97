"""Careapp: one private place to look after one person together."""
