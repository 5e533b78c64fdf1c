"""Score: counts and definitions → the account picture: who is active, what is on target, where it goes, what lacks."""
