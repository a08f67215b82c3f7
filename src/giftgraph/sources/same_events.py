"""Gifts that a register and the curated graph both tell: found by who, whom, when and what, decided by people.

`data/same_events.csv` holds the decisions. Only `same` has an effect: the register's exchange is kept with all its facts as another
account of the curated one, and is not counted again.
"""

from __future__ import annotations
