"""Render: a Document and a Theme → PPTX and PDF. Knows nothing of accounts."""
