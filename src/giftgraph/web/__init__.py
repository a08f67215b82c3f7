"""The explorer: a local web application over the snapshot. Pages are rendered on the server and work without scripts."""
