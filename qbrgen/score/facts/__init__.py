"""Every figure that texts may take from a receipt, by name (method.md: "Statements").

In: a picture as one reader may see it. Out: the same with `Receipt.figures` filled: what was counted, the target and
the points to it, the quarter before, people by state, dates. A fact is made from the redacted picture only, so that a
customer's receipt never holds an internal one. A text must not say a figure that its receipts do not have.

`build.with_figures` asks, for each receipt, the modules whose subject it is.
"""
