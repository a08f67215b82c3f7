"""Public registers of gifts: one card and one reader each, and what happens to the blocks that are read."""
