"""`python -m giftgraph` is the command line."""

from giftgraph.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
