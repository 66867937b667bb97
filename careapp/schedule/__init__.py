"""Appointments: what is when, who goes along, and who hears of changes."""
