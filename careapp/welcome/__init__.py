"""What someone sees who is not inside yet."""
