"""Pictures as pandas frames, for notebooks.

In: account pictures, or a portfolio. Out: frames with documented columns (columns.py), of one audience.
"""

from qbrgen.score.frames.build import Frames, frames, portfolio_frame

__all__ = ["Frames", "frames", "portfolio_frame"]
