"""The agency of a table, as people know it, from the heading as printed."""

def name_agency(heading: str) -> str:
    return heading
