"""The curated facts: tables and exchange records that people edit, and the one road from them to `data/triples.ttl`."""
