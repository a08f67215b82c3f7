"""NetworkX's own dispatch: which backend computes, and what is said when it cannot.

Nothing here is distributed or parallel itself: any installed backend of NetworkX passes through.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import Any

from giftgraph.errors import DependencyMissing, ParameterInvalid

PLAIN = "networkx"


def installed_backends() -> tuple[str, ...]:
    """The names that `--backend` takes on this machine.

    >>> installed_backends()[0]
    'networkx'
    """
    import networkx as nx

    return (PLAIN, *sorted(set(nx.config.backends) - {PLAIN}))


def check_backend(name: str | None) -> str:
    """The backend asked for, or NetworkX. Raises ParameterInvalid with the installed ones."""
    if not name:
        return PLAIN
    known = installed_backends()
    if name not in known:
        raise ParameterInvalid(
            f"the backend {name!r} is not installed; installed: {', '.join(known)} (others come with pip, such as nx-parallel)"
        )
    return name


class Caller:
    """Calls functions of NetworkX with one backend, and keeps notes of what that backend could not do.

    >>> import networkx as nx
    >>> caller = Caller("networkx")
    >>> caller.call(nx.pagerank, nx.DiGraph([(1, 2)]))[2] > 0.5
    True
    >>> caller.notes
    ()
    """

    def __init__(self, backend: str = PLAIN) -> None:
        self.backend = backend
        self._failed: dict[str, None] = {}
        self._served = False

    @property
    def notes(self) -> tuple[str, ...]:
        """What the backend could not do, and that NetworkX did it."""
        return tuple(self._failed)

    @property
    def used(self) -> str:
        """Who computed, in words."""
        if self.backend == PLAIN or not self._served:
            return "NetworkX"
        return f"the backend {self.backend}" + (" and NetworkX" if self._failed else "")

    def attempt(self, function: Any, /, *arguments: Any, **options: Any) -> Any:
        """The function on the backend, or None when there is no backend or it cannot; NetworkX does not step in."""
        if self.backend == PLAIN or self.backend not in function.backends:
            return None
        with suppress(Exception), _prepared(self.backend):
            answer = function(*arguments, backend=self.backend, **options)
            self._served = True
            return answer
        return None

    def call(self, function: Any, /, *arguments: Any, **options: Any) -> Any:
        """The function on the backend; on NetworkX with a note when the backend has no such function.

        Raises DependencyMissing when NetworkX needs a library that is not installed.
        """
        name = function.__name__
        if self.backend != PLAIN:
            if self.backend not in function.backends:
                self._failed[f"The backend {self.backend} has no {name}; NetworkX computed it."] = None
            else:
                try:
                    with _prepared(self.backend):
                        answer = function(*arguments, backend=self.backend, **options)
                    self._served = True
                    return answer
                except NotImplementedError:
                    self._failed[
                        f"The backend {self.backend} cannot compute {name} in this way; NetworkX computed it."
                    ] = None
                except Exception as error:  # whatever a backend of others does, NetworkX can still answer
                    reason = " ".join(str(error).split()).partition(" (/")[0][:120]  # without where it is installed
                    self._failed[f"The backend {self.backend} failed at {name} ({reason}); NetworkX computed it."] = (
                        None
                    )
        try:
            return function(*arguments, backend=PLAIN, **options)
        except ModuleNotFoundError as error:
            missing = str(error.name or "scipy").partition(".")[0]
            raise DependencyMissing(f"{name} needs {missing}: pip install 'giftgraph[network]'") from None


@contextmanager
def _prepared(backend: str) -> Iterator[None]:
    """NetworkX as a backend needs it for one call.

    nx-parallel works with one process unless it is told to use all cores. A converted graph is kept with the graph, and the warning
    that it must not be changed by hand in between is not for us, who change none.
    """
    import networkx as nx

    with ExitStack() as stack:
        stack.enter_context(nx.config(warnings_to_ignore=set(nx.config.warnings_to_ignore) | {"cache"}))
        if backend == "parallel" and not nx.config.backends.parallel.active:
            stack.enter_context(nx.config.backends.parallel(active=True, n_jobs=-1))
        yield
