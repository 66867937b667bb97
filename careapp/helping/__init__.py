"""Help: what the family asks for, who takes which part of it, and what is offered unasked."""
