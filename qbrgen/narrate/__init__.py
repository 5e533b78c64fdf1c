"""Narrate: the account picture → statements with their receipts, worded by templates/wording."""
