"""Document + theme → PDF/UA-1. `write_pdf` is all that others call; heavy libraries load on its first use."""

from qbrgen.render.pdf.write import write_pdf

__all__ = ["write_pdf"]
