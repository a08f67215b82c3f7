"""A judgement says whether two things are one, with its reasons, so that a person can check it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Verdict = Literal["same", "different", "unsure", "new"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """`verdict` with the score from 0 to 1, the values that met, and the guard that spoke (empty when none did)."""

    verdict: Verdict
    score: float
    met: tuple[str, ...] = ()
    guard: str = ""

    @property
    def why(self) -> str:
        """One line for people."""
        parts = [*self.met, f"guard: {self.guard}" if self.guard else ""]
        return "; ".join(part for part in parts if part) or f"score {self.score:.2f}"
