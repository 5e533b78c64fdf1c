"""The exports that are known: by which columns each is recognised, and which of its columns is what.

A module a vendor, a frozen `Export` a table of theirs; `registry.EXPORTS` holds them all, `recognise.recognise` finds
which of them a file is. What is told of them in docs/data.md is made from here.
"""
