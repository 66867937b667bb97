"""The schedule in other calendars, and other calendars in the schedule."""
