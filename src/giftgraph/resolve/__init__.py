"""Who and what a text names: parties, polities, offices by date, persons over spellings, gift items."""
