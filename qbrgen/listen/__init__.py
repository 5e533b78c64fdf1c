"""Listening: a sentence that a person typed → what it names, and which of its figures the data bear out."""
