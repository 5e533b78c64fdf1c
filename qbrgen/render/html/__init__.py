"""HTML: a Document of sections + a Theme → one file that any browser opens, prints and re-flows for a phone."""

from qbrgen.render.html.write import write_html

__all__ = ["write_html"]
