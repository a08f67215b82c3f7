"""Pictures: what passed between two parties, or around one, as one self-contained page and in the formats of other tools."""

from __future__ import annotations

from giftgraph.draw.picture import Picture, draw_path, draw_picture

__all__ = ["Picture", "draw_path", "draw_picture"]
