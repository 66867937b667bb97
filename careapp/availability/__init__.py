"""When members can, and who can at a time: free or busy, never why."""
