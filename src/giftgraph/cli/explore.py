"""Open the explorer: builds or reuses the snapshot and serves its pages on 127.0.0.1 until Ctrl-C."""

from __future__ import annotations

import argparse
import contextlib
import sys

from giftgraph.cli.options import add_data_option
from giftgraph.errors import DependencyMissing, PortTaken

EXAMPLE = "example: giftgraph explore --port 8321 --no-browser"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `explore`."""
    parser.add_argument("--port", type=int, default=8321, help="port on 127.0.0.1; 0 takes a free one (default: 8321)")
    parser.add_argument("--no-browser", action="store_true", help="only print the address")
    add_data_option(parser)


def run(options: argparse.Namespace) -> int:
    """Serve until interrupted."""
    import socket
    import webbrowser

    try:
        import uvicorn

        from giftgraph.web.app import create_app
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("giftgraph"):
            raise
        raise DependencyMissing(f"the explorer needs {error.name}: pip install 'giftgraph[explore]'") from None
    from giftgraph.graph import open_graph

    graph = open_graph(options.data or None)
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", options.port))
    except (OSError, OverflowError):
        raise PortTaken(
            f"port {options.port} of 127.0.0.1 cannot be used: choose another with --port, or 0 for a free one"
        ) from None
    address = f"http://127.0.0.1:{listener.getsockname()[1]}/"
    server = uvicorn.Server(uvicorn.Config(create_app(graph), log_level="warning", server_header=False))
    print(address, flush=True)
    print("giftgraph: the explorer is running; stop it with Ctrl-C", file=sys.stderr)
    if not options.no_browser:
        webbrowser.open(address)
    with contextlib.suppress(KeyboardInterrupt):
        server.run(sockets=[listener])
    print("giftgraph: the explorer has stopped", file=sys.stderr)
    return 0
