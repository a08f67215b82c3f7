"""What can go wrong through input, one class a failure; each message is one line that says what to do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from giftgraph.names import Match


class GiftgraphError(Exception):
    """Base of every error caused by input, data or surroundings; the command line prints it and exits with 1."""


class DataUnreadable(GiftgraphError):
    """A data file is missing, empty, not RDF, too large or broken."""


class CuratedInvalid(GiftgraphError):
    """A curated table breaks its rules; the message names file, line and field."""


class DateInvalid(GiftgraphError, ValueError):
    """A date is not EDTF or does not exist."""


class NameUnknown(GiftgraphError, LookupError):
    """No entity has this name; the message lists the nearest names."""


class NameAmbiguous(GiftgraphError, LookupError):
    """Several entities have this name; the message lists them and how to choose.

    `choices` holds each ambiguous text with its matches (`giftgraph.names.Match`).
    """

    def __init__(self, message: str, choices: tuple[tuple[str, Sequence[Match]], ...] = ()) -> None:
        super().__init__(message)
        self.choices = choices


class QueryInvalid(GiftgraphError):
    """A query is not SPARQL or asks for something that is refused."""


class ParameterInvalid(GiftgraphError, ValueError):
    """A query parameter is missing, unknown or of the wrong type."""


class QueryUnknown(GiftgraphError, LookupError):
    """No query of the catalogue has this name."""


class EndpointFailed(GiftgraphError):
    """A SPARQL endpoint is down, slow, refuses or answers with something else than results."""


class SnapshotFailed(GiftgraphError):
    """A snapshot could not be built, verified or opened."""


class EntryInvalid(GiftgraphError):
    """A gift to be added is incomplete or contradicts itself."""


class OutputFailed(GiftgraphError):
    """A result could not be written."""


class DependencyMissing(GiftgraphError):
    """An optional library is not installed; the message names the extra that brings it."""


class PortTaken(GiftgraphError):
    """Another program listens on the port."""


class RecordInvalid(GiftgraphError, ValueError):
    """A record of a gift block lacks a field or has one of the wrong kind."""


class RegisterUnreadable(GiftgraphError):
    """A register's file is missing, cut off, of another format or register, or a table of it cannot be made out."""


class RegisterChanged(GiftgraphError):
    """A known document of a register has other counts than its card says; the message names each and by how much."""


class FetchFailed(GiftgraphError):
    """A register's documents could not be fetched: its service is down, refuses or sends something else, or no contact is given."""


class ReviewInvalid(GiftgraphError):
    """A review file breaks its rules or contradicts itself; the message names file and line, or the pair."""


class TextsInvalid(GiftgraphError):
    """A file of texts to resolve lacks a column, or a row of it cannot be read; the message names file and line."""
