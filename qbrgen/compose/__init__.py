"""Statements and figures → a Document: the customer's deck, the brief for leadership, the portfolio.

In: a Narrative (narrate), whose statements are final sentences and whose picture holds the exact figures. Out: a
Document (document/), which any renderer can draw. Compose chooses, orders and lays side by side; it words nothing
itself: sentences come from the narrative, headings and column names from templates/wording/<language>/labels.yml, the
order of a deck from templates/storylines/.
"""
