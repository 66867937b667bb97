"""Short guides worth reading for families: how to tell, ask, visit, talk, and get through."""
