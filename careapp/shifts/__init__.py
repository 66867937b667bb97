"""Who is on duty now and next, and what they hand over."""
