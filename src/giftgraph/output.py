"""Writing results: a file is replaced at once, or left as it was."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable

from giftgraph.errors import OutputFailed


def write_text(target: str | os.PathLike[str], text: str | Iterable[str]) -> None:
    """Replace a file's text at once: readers see the old text or the new, never a part. Raises OutputFailed with one line.

    A text too large for the memory may come in parts. A link is followed; a device or a pipe is written to, not replaced.
    """
    path = os.path.realpath(target)
    is_stream = os.path.exists(path) and not os.path.isfile(path)
    written = path if is_stream else f"{path}.{os.getpid()}.tmp"
    try:
        with open(written, "w", encoding="utf-8", newline="\n") as stream:
            stream.writelines([text] if isinstance(text, str) else text)
            if not is_stream:
                stream.flush()
                os.fsync(stream.fileno())
        if not is_stream:
            os.replace(written, path)
    except BaseException as error:
        if not is_stream:
            with contextlib.suppress(OSError):
                os.unlink(written)
        if isinstance(error, OSError):
            problem = (error.strerror or str(error)).lower()
            raise OutputFailed(f"{os.fspath(target)}: cannot be written: {problem}") from None
        raise
