"""The printed text of a gift block without its date, value, prices, sizes and odd marks."""

from __future__ import annotations

import re
from html import unescape
from html.entities import html5

LONGEST_TEXT = 20_000
_DATE_LABEL = re.compile(
    r"(?:\bdate )?\b(?:rec['’]?\.?d|rece[i]?ved|recd|reced|rec)\b[.,]?(?: on| date)?\s?(?:--?|—|:|(?=\d))"
    r"|(?:\b(?:estimated|appraised|est\.?|ext\.?)\)? ?val?u?[el]{0,2}\b)|\best\.--",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"^\W*(?:(?:rec['’]?d|recd|received)[.\s]*(?:--|—|:)|(?:est(?:imated|\.)? ?)?value?\s?(?:--|—|:))[^.;]{0,40}[.;]\s",
    re.IGNORECASE,
)
_BEHIND_VALUE = re.compile(
    r"\b(?:est(?:imated|\.)|appraised) value ?(?:--|:) ?(?:\$ ?\d[\d,.]*|pending|unknown)\.?\s+"
    r"(?!(?:archive|being|deposit|display|dispos|general serv|government|handled|locat|pending|report|retain|to be|turned|transfer))"
    r"(?P<gift>.+)",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"\[([a-z]{2,9})\]")
_FRACTION = re.compile(r"\\ ?(\d{1,2}) ?/? ?(\d{1,2}) ?\\?")
_PRIMES = re.compile(r"< ?gr- ?thn- ?eq>")
_PRICE = re.compile(r"\(?(?:valued at )?(?:usd ?)?\$ ?\d(?:[\d,]*\d)?(?:\.\d+)?(?: each)?\)?", re.IGNORECASE)
_INCH = re.compile(r"(?<=\d)\s?(?:''|\"|″|”)")
_UNIT = r"(?:inch(?:es)?|in\b|feet|foot|ft|cm|mm|meters?|yards?(?! of)|')"
_SIZE = re.compile(
    rf"(?<![\w.])\d[\d./ -]{{0,12}}{_UNIT}\.?(?: ?[hwldt]\b)?(?: ?(?:x(?=[ \d])|by\b) ?)?(?: ?(?:in )?diameter\b)?"
    r"|\b\d[\d./]{0,8} ?(?:fl\.? ?oz|ozs?|ml|grams?|ozst)\b\.?"
    r"|\b\d[\d./]{0,8} ?x ?(?=\d)",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"``([^`]{1,300}?)''|“([^”]{1,300})”|\"([^\"]{1,300})\"")
_TITLE = re.compile(
    r"\b(titles?|titled|entitled|title of)\s?:\s*(?![\s“])([^;]{2,200}?)(?=\.\s|\.?$|;|\sby [A-Z]|, by )", re.IGNORECASE
)
_SHORTENED = re.compile(r"\b(kt|ozs?|approx|no|vol|fl|ml|mm|cm|in|ft|ca|incl)\.(?= [a-z0-9(])", re.IGNORECASE)


def clean(description: str) -> str:
    """The text without its date, value and prices, with one kind of quotation mark and no odd marks."""
    text = " ".join(description[:LONGEST_TEXT].replace("\x00", "").split())
    while leading := _LEADING.match(text):
        text = text[leading.end() :]
    label = _DATE_LABEL.search(text)
    if label is not None and label.start() > 2:
        text = text[: label.start()]
    text = text.replace("[sic]", "")
    text = _ENTITY.sub(lambda found: unescape(f"&{found[1]};") if f"{found[1]};" in html5 else found[1], text)
    text = _FRACTION.sub(r" \1/\2", _PRIMES.sub("''", text))
    text = re.sub(r'(?<=\d)\s?"(?=[ ,;.x)])', " inches ", text)
    text = _INCH.sub(" inches ", text) if "``" not in text else _inches_outside_quotes(text)
    text = _QUOTED.sub(lambda found: f"“{next(part for part in found.groups() if part).strip()}”", text)
    text = re.sub(r" ?([.,;])? ?”", r"”\1", text)
    text = _SHORTENED.sub(r"\1", re.sub(r"\bw/ ?", "with ", text))
    text = _TITLE.sub(lambda found: f"{found[1]}: “{found[2].strip()}”", text)
    text = re.sub(r"(^|[;.,:] )\d{1,2}[.)] +(?=[A-Z])", r"\1", text)
    text = re.sub(r"\(\$[\d,.]{1,12}\) (?=[A-Z])", ". ", text)
    text = _SIZE.sub("\x02 ", " ".join(_PRICE.sub(" ", text).split()))
    # What stood behind a size at the beginning of a sentence begins it now.
    text = re.sub(r"((?:^|[.;]) *)(?:\x02 *)+([a-z])", lambda found: found[1] + found[2].upper(), text).replace(
        "\x02", ""
    )
    text = re.sub(
        r"\b([Hh]and|[Mm]achine)[- ]{1,2}(?=made|woven|painted|carved|crafted|knotted|tied|blown|stitched|tooled|cut)",
        r"\1",
        text,
    )
    text = re.sub(r"(?<=[a-z])- (?=[a-z])", "-", text).replace("`", "'").replace("....", " ")
    return " ".join(text.split()).strip(" .;,:-")


def behind_value(description: str) -> str:
    """What stands behind the value where a block is printed in another order: place, date, value, gift; "" for nothing.

    >>> behind_value("Department of Trade. Recd--May 5, 2001. Est. Value--$90. Small rug.")
    'Small rug'
    """
    found = _BEHIND_VALUE.search(" ".join(description[:LONGEST_TEXT].split()))
    return clean(found["gift"]) if found else ""


def _inches_outside_quotes(text: str) -> str:
    """Two primes close a quotation where one is open; else, after a number, they are inches."""
    parts: list[str] = []
    quoted = False
    for part in re.split(r"(``|'')", text):
        if part == "``":
            quoted = True
        elif part == "''":
            if not quoted and parts and parts[-1][-1:].isdigit():
                parts.append(" inches ")
                continue
            quoted = False
        parts.append(part)
    return _INCH.sub(" inches ", "".join(parts)) if "''" not in text else "".join(parts)
