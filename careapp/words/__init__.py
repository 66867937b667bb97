"""What to say: a helper for messages that are hard to write, and its words."""
