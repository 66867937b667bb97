"""Who looks after what, and the family meeting that hands it out."""
