"""The network of gifts: its projection, its formats, and what is measured on it. Every network is plain NetworkX."""
