"""Score: counts and definitions → the account picture: who is active, what is on target, which way it goes, what is missing."""
