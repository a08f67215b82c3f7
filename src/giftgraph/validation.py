"""Checks of data: the SHACL shapes, and what shapes cannot see (references to nothing, blank nodes, kinds that do not fit)."""

from __future__ import annotations

import multiprocessing
import os
import re
import signal
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from giftgraph.errors import DataUnreadable
from giftgraph.resources import ontology_files, shapes_file
from giftgraph.store.inputs import requested_paths
from giftgraph.vocabulary import ID, ONTOLOGY, RDF_TYPE, SH, entity_kind, shorten

_LARGEST = 512_000_000
# Statements from which on starting other processes costs less than it saves.
_SIDE_BY_SIDE = 100_000
_FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
}
_ABOUT = ONTOLOGY + "aboutSubject"
_SEVERITIES = {SH + "Violation": "violation", SH + "Warning": "warning", SH + "Info": "info"}
# Which class an entity of a kind must have.
_CLASSES = {
    "person": ("Person",),
    "organization": ("Organization",),
    "polity": ("Polity",),
    "office": ("Office",),
    "tenure": ("Tenure",),
    "exchange": ("Transfer", "GiftExchange"),
    "gift": ("Gift",),
    "participation": ("Participation",),
    "visit": ("Visit",),
    "place": ("Place",),
    "appraisal": ("Appraisal",),
    "custody": ("CustodyEvent",),
    "claim": ("Claim",),
    "source": ("SourceDocument",),
}


@dataclass(frozen=True, order=True)
class Finding:
    """One thing that is wrong or doubtful: where, which node, which shape, what, and how bad (violation, warning, info)."""

    file: str
    line: int
    node: str
    shape: str
    message: str
    severity: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where}: {self.severity}: {self.node}: {self.message} [{self.shape}]"


def validate(paths: Sequence[Path] | None = None, *, beside: Sequence[Path] = ()) -> list[Finding]:
    """Check files against the shapes, together with the ontology; without files, the shipped dataset (or GIFTGRAPH_DATA).

    References from the files may point into `beside`, which is not checked itself. Findings are sorted by file and line; `line` is
    the line where the node's description begins, 0 where that cannot be known. Raises DataUnreadable for a file that is no RDF.
    """
    files = [Path(path) for path in paths or requested_paths(None)]
    quads = {path: _read(path) for path in files}
    known = [quad for path in map(Path, ontology_files()) for quad in _read(path)]
    around = _Surroundings(
        [quad for path in beside for quad in _read(path)] + [q for path in files for q in quads[path]]
    )
    described = {str(getattr(quad.subject, "value", "")) for quad in known} | around.described
    # One file at a time, with what it mentions of the others: the memory and the time of a shape grow with the graph that it sees.
    texts = (_serialize({*quads[path], *around.mentioned_by(quads[path]), *known}) for path in files)
    found = _run_side_by_side(texts) if sum(map(len, quads.values())) > _SIDE_BY_SIDE else map(_run_shapes, texts)
    findings = set()
    for path, results in zip(files, found, strict=True):
        lines, subjects = (
            _subject_lines(path),
            {str(getattr(quad.subject, "value", quad.subject)) for quad in quads[path]},
        )
        for node, shape, message, severity in [*results, *_check_integrity(quads[path], described)]:
            if node in subjects:
                findings.add(Finding(os.fspath(path), lines.get(node, 0), shorten(node), shape, message, severity))
    return sorted(findings)


class _Surroundings:
    """Statements by what they are about, to find what a file mentions."""

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        self._about: dict[object, list[ox.Quad]] = defaultdict(list)
        self._claims: dict[object, set[object]] = defaultdict(set)
        for quad in quads:
            self._about[quad.subject].append(quad)
            if quad.predicate.value == _ABOUT:
                self._claims[quad.object].add(quad.subject)

    @property
    def described(self) -> set[str]:
        """The names of everything that is described."""
        return {str(getattr(subject, "value", "")) for subject in self._about}

    def mentioned_by(self, quads: Sequence[ox.Quad]) -> Iterator[ox.Quad]:
        """What is said of the nodes that are mentioned, and the claims about them: no shape looks further.

        A node that is described here and elsewhere is checked whole, with what the other descriptions mention.
        """
        subjects = {quad.subject for quad in quads}
        elsewhere = {quad.object for subject in subjects for quad in self._about.get(subject, ())}
        nodes: set[object] = {quad.object for quad in quads} | subjects | elsewhere
        nodes |= {claim for node in nodes for claim in self._claims.get(node, ())}
        for node in nodes:
            yield from self._about.get(node, ())


def _serialize(quads: Iterable[ox.Quad]) -> bytes:
    return ox.serialize((quad.triple for quad in quads), format=ox.RdfFormat.N_TRIPLES) or b""


def _run_side_by_side(texts: Iterable[bytes]) -> Iterator[list[tuple[str, str, str, str]]]:
    # Forked processes could inherit a lock that a thread of ours holds.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(mp_context=context, initializer=_leave_interrupts_to_the_parent) as pool:
        yield from pool.map(_run_shapes, texts)


def _leave_interrupts_to_the_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _read(path: Path) -> list[ox.Quad]:
    suffix = path.suffix.casefold()
    if suffix not in _FORMATS:
        raise DataUnreadable(
            f"{path}: the format {suffix or 'without a suffix'!r} is not checked; use one of {', '.join(_FORMATS)}"
        )
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise DataUnreadable(f"{path}: not a file")
        if size > _LARGEST:
            raise DataUnreadable(
                f"{path}: {size / 1e6:.0f} MB; files over {_LARGEST // 1_000_000} MB must be split before they are checked"
            )
        quads = list(ox.parse(path=path, format=_FORMATS[suffix]))
    except SyntaxError as error:
        raise DataUnreadable(f"{path}:{error.lineno or '?'}: {' '.join(str(error.msg).split())[:200]}") from None
    except (OSError, ValueError) as error:
        raise DataUnreadable(f"{path}: {getattr(error, 'strerror', None) or error}") from None
    if not quads:
        raise DataUnreadable(f"{path}: the file holds no statement")
    return quads


def _subject_lines(path: Path) -> dict[str, int]:
    """The line where each subject of a Turtle file begins, as far as it stands at the start of a line."""
    subject = re.compile(r"(?:<([^>]+)>|([A-Za-z][\w-]*):([\w.-]+))(?=\s|$)")
    prefixes: dict[str, str] = {}
    found: dict[str, int] = {}
    with path.open(encoding="utf-8") as stream:
        for number, line in enumerate(stream, 1):
            declared = re.match(r"@?prefix\s+([\w-]*):\s*<([^>]*)>", line, re.IGNORECASE)
            if declared:
                prefixes[declared[1]] = declared[2]
                continue
            match = subject.match(line)
            if match:
                iri = match[1] or prefixes.get(match[2], "") + match[3]
                found.setdefault(iri, number)
    return found


def _run_shapes(text: bytes) -> list[tuple[str, str, str, str]]:
    import pyshacl
    import rdflib

    data = rdflib.Graph()
    data.parse(data=text, format="nt")
    shapes = rdflib.Graph().parse(shapes_file(), format="turtle")
    _conforms, report, _text = pyshacl.validate(
        data, shacl_graph=shapes, inference="none", allow_warnings=True, inplace=True
    )
    findings = []
    shape_of = {
        shape: _shape_name(shapes, shape) for shape in set(report.objects(None, rdflib.URIRef(SH + "sourceShape")))
    }
    for result in report.subjects(rdflib.RDF.type, rdflib.URIRef(SH + "ValidationResult")):
        focus = str(report.value(result, rdflib.URIRef(SH + "focusNode")))
        # A shape that asks once for the whole dataset has a class as its focus and names the node as the value.
        node = str(report.value(result, rdflib.URIRef(SH + "value"))) if focus.startswith(ONTOLOGY) else focus
        messages = sorted(str(message) for message in report.objects(result, rdflib.URIRef(SH + "resultMessage")))
        severity = _SEVERITIES.get(str(report.value(result, rdflib.URIRef(SH + "resultSeverity"))), "violation")
        shape = shape_of.get(report.value(result, rdflib.URIRef(SH + "sourceShape")), "shape")
        findings.append((node, shape, messages[0] if messages else "does not fit the shape", severity))
    return findings


def _shape_name(shapes: object, shape: object) -> str:
    """The name of a shape, or of the named shape that a property shape without a name belongs to."""
    import rdflib

    assert isinstance(shapes, rdflib.Graph)  # noqa: S101 - narrows the type for the checker
    node = shape
    while isinstance(node, rdflib.BNode):
        owner = next(iter(shapes.subjects(None, node)), None)
        if owner is None:
            return "shape"
        node = owner
    return str(node).removeprefix(ONTOLOGY)


def _check_integrity(quads: Iterable[ox.Quad], described: Collection[str]) -> list[tuple[str, str, str, str]]:
    findings: list[tuple[str, str, str, str]] = []
    for quad in quads:
        subject, target = quad.subject, quad.object
        name = str(getattr(subject, "value", subject))
        if isinstance(subject, ox.BlankNode) or isinstance(target, ox.BlankNode):
            findings.append((name, "named-nodes", "blank nodes are not allowed; give the node an IRI", "violation"))
            continue
        if (
            isinstance(target, ox.NamedNode)
            and target.value.startswith((ID, ONTOLOGY))
            and target.value not in described
        ):
            message = f"{shorten(quad.predicate.value)} points to {shorten(target.value)}, which is described nowhere"
            findings.append((name, "dangling-reference", message, "violation"))
        if quad.predicate.value == RDF_TYPE and isinstance(target, ox.NamedNode):
            expected = _CLASSES.get(entity_kind(name) or "")
            if expected and target.value.startswith(ONTOLOGY) and target.value.removeprefix(ONTOLOGY) not in expected:
                findings.append(
                    (
                        name,
                        "kind-and-class",
                        f"is a {shorten(target.value)} although its kind says otherwise",
                        "violation",
                    )
                )
    return findings
