"""Writing results: a file is replaced at once, or left as it was."""

from __future__ import annotations

import contextlib
import os

from giftgraph.errors import OutputFailed


def write_text(target: str, text: str) -> None:
    """Replace a file's text at once. Raises OutputFailed with one line."""
    temporary = f"{target}.{os.getpid()}.tmp"
    try:
        with open(temporary, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
        os.replace(temporary, target)
    except OSError as error:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise OutputFailed(f"{target}: cannot be written: {(error.strerror or str(error)).lower()}") from None
