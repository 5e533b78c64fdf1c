"""The nouns of a workspace, resolved and checked: what `define` makes of the user's files.

A module a subject: playbook, people, account, sources, settings, review; workspace has them all. They are frozen and
hold no file positions; where a thing was written is kept by `Definitions.where`. Shares are exact fractions of one (70%
is Fraction(7, 10)). Field audiences are on the picture (score/picture.py), which is what documents are made from.
"""
