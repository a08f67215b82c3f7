"""The page of the network picture: its data as JSON, our own drawing script, and the same nodes as a table."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from giftgraph.dates import iso_date, read_range
from giftgraph.draw.overview import (
    KINDS,
    SIZES,
    NetworkPicture,
    Scene,
    describe_scene,
    encode,
    make_scene,
    named_communities,
)
from giftgraph.draw.page import environment, make_policy, read_static

_COUNTS = ("exchanges", "degree", "given", "received")
# In the order in which the browser needs them; each but the last defines one function.
_SCRIPTS = ("overview-renderers.js", "overview-table.js", "overview-saving.js", "overview.js")


def render_overview(picture: NetworkPicture, *, navigation: bool = False) -> str:
    """The page as text. Without scripts it is the table."""
    from giftgraph.network.projection import RULE, describe

    scene = make_scene(picture)
    script = "".join(map(read_static, _SCRIPTS))
    style, own_style = read_static("page.css"), read_static("overview.css")
    order = sorted(range(len(scene.keys)), key=lambda node: (-scene.exchanged[node], scene.labels[node], node))
    named = named_communities(scene)
    facts = picture.network.graph
    return (
        environment()
        .get_template("overview.html")
        .render(
            title=picture.title,
            summary=describe_scene(picture, scene),
            period=_words_of_period(facts.get("start"), facts.get("end")),
            scene=scene,
            order=order,
            named=named,
            names={index: community.name for index, community in named},
            rest=len(scene.communities) - len(named),
            kinds=[kind for number, kind in enumerate(KINDS) if number in set(scene.kinds)],
            kind_names=KINDS,
            folded=picture.layout.folded,
            size_words="number of members" if picture.layout.folded else SIZES[picture.size][0],
            held=describe(picture.network),
            rule=RULE,
            by=facts.get("by", "person"),
            version=picture.version,
            data=Markup(encode(_pack(picture, scene, order, named, navigation))),  # noqa: S704 - encode leaves no markup
            policy=make_policy(script, style, own_style),
            script=Markup(script),  # noqa: S704 - our own files, covered by the hash in the policy
            style=Markup(style),  # noqa: S704
            own_style=Markup(own_style),  # noqa: S704
        )
    )


def _words_of_period(start: str | None, end: str | None) -> str:
    if not (start or end):
        return ""
    bounds = read_range(start or None, end or None)
    return f"{iso_date(bounds.earliest_day) or '…'} to {iso_date(bounds.latest_day) or '…'}"


def _pack(
    picture: NetworkPicture, scene: Scene, order: list[int], named: list[tuple[int, Any]], navigation: bool
) -> dict[str, Any]:
    """What the script needs, in columns: a row for each would be twice as long."""
    layout, facts = picture.layout, picture.network.graph
    polities = sorted({str(picture.network.nodes[name].get("polity") or "") for name in layout.nodes})
    polity_number = {polity: index for index, polity in enumerate(polities)}
    columns = list(zip(*scene.exchanges, strict=True)) or [()] * 8
    members: list[list[str]] = []
    if layout.folded:
        degree = dict(picture.network.degree())
        for community in scene.communities:
            best = sorted(
                (layout.nodes[member] for member in community.members), key=lambda name: (-degree[name], name)
            )
            members.append([str(picture.network.nodes[name].get("label", name)) for name in best])
    return {
        "version": picture.version,
        "by": facts.get("by", "person"),
        "period": [facts.get("start") or "", facts.get("end") or ""],
        "folded": layout.folded,
        "navigation": navigation,
        # A measure that is no count of what the panel shows anyway.
        "measure": "" if layout.folded or picture.size in _COUNTS else picture.size,
        "kinds": KINDS,
        "order": order,
        "nodes": {
            "key": scene.keys,
            "label": scene.labels,
            "kind": scene.kinds,
            "group": scene.groups,
            "size": [round(value, 6) for value in scene.sizes],
            "x": [x for x, _y in layout.positions],
            "y": [y for _x, y in layout.positions],
            "polity": []
            if layout.folded
            else [polity_number[str(picture.network.nodes[name].get("polity") or "")] for name in layout.nodes],
            "members": members,
        },
        "polities": [picture.polities.get(polity, polity) for polity in polities],
        "communities": [[community.name, len(community.members)] for _index, community in named],
        "lines": [number for line in scene.lines for number in line],
        "exchanges": dict(
            zip(("key", "label", "date", "from", "to", "categories", "count", "sources"), columns, strict=True)
        ),
        "categories": scene.categories,
    }
