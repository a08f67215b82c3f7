"""Where the triples live when they are asked: an immutable local snapshot, or a SPARQL endpoint."""
