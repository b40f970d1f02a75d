"""What a check found as a file that grows sheet by sheet: JSON and SARIF.

The files are the same, byte for byte, as those of `perfeval.documents.findings.reports`.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from perfeval._resources import SCHEMA, __version__
from perfeval.documents.as_json import Data, json_text
from perfeval.documents.findings.inspections import Counts, count
from perfeval.documents.findings.inspections_json import shown_inspection, summary_data
from perfeval.documents.findings.sarif import is_unopened, results_of, sarif_frame
from perfeval.findings import Inspection, Status
from perfeval.numbers import ZERO, add

HERE = "\0"
"""Where the items stand in what is around them; no text of JSON has this character as it is."""
_RULE = re.compile(rb"\x00([A-Z]+[0-9]+)\x00")
"""The number of a rule in a result of SARIF, which is known in the end."""


def items_between(data: Data, *, is_ascii: bool = False) -> tuple[str, str]:
    """Return what stands before and behind the items of JSON in which `HERE` stands for them."""
    marker = json.dumps(HERE)
    before, _, behind = json_text(data, is_ascii=is_ascii).partition(marker)
    return before.rstrip(), behind


def item_text(data: Data, depth: int, *, is_ascii: bool = False) -> str:
    """Return an item of JSON as it stands in a list, *depth* blanks from the margin."""
    margin = "\n" + " " * depth
    text = json_text(data, is_ascii=is_ascii).replace("\n", margin)
    return f"{margin}{text}"


@dataclass
class CheckSums:
    """What the files of all sheets so far add up to.

    Attributes:
        files: How many there were.
        errors, warnings, hints: How many findings there are, as they are shown.
        stake: The points that hang on them.
        waived: How many were accepted.
        statuses: How many checks came out how.
        codes: The codes that were found.
        is_opened: Every file could be opened.
    """

    files: int = 0
    errors: int = 0
    warnings: int = 0
    hints: int = 0
    stake: Decimal = ZERO
    waived: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    codes: set[str] = field(default_factory=set)
    is_opened: bool = True

    def add(self, note: Data) -> None:
        """Add what `sums_note` says of one file."""
        errors, warnings, hints = note["counts"]
        self.files += 1
        self.errors += errors
        self.warnings += warnings
        self.hints += hints
        self.stake = add(self.stake, Decimal(note["stake"]))
        self.waived += note["waived"]
        self.statuses.update(note["statuses"])
        self.codes.update(note["codes"])
        self.is_opened = self.is_opened and note["is_opened"]

    @property
    def counts(self) -> Counts:
        """How many findings there are, and how many points hang on them."""
        return Counts(self.errors, self.warnings, self.hints, self.stake)


def sums_note(inspection: Inspection) -> Data:
    """Return what a file adds to the sums, as plain data."""
    counts = count(inspection.findings)
    found = [*inspection.findings, *(item.finding for item in inspection.waived)]
    statuses = Counter(status.name for status in inspection.ledger.values())
    return {
        "counts": [counts.errors, counts.warnings, counts.hints],
        "stake": str(counts.stake),
        "waived": len(inspection.waived),
        "statuses": dict(statuses),
        "codes": sorted({item.code for item in found}),
        "is_opened": not is_unopened(inspection),
    }


class GrowingJson:
    """What was found as JSON."""

    separator = b","

    def __init__(self, *, is_ascii: bool = False) -> None:
        self._is_ascii = is_ascii

    def item(self, inspection: Inspection) -> bytes:
        """Return what one file adds."""
        return _encoded(item_text(shown_inspection(inspection), 4, is_ascii=self._is_ascii))

    def whole(self, items: Iterable[bytes], sums: CheckSums) -> Iterator[bytes]:
        """Yield the file: what is before the items, the items, and what is behind them."""
        statuses = Counter({status: sums.statuses[status.name] for status in Status})
        summary = summary_data(sums.files, sums.counts, sums.waived, statuses)
        data = {
            "perfeval": __version__,
            "schema": SCHEMA,
            "inspections": [HERE],
            "summary": summary,
        }
        before, behind = items_between(data, is_ascii=self._is_ascii)
        yield _encoded(before)
        yield from items
        yield _encoded(f"{behind}\n")


class GrowingSarif:
    """What was found as SARIF."""

    separator = b","

    def __init__(self, *, is_ascii: bool = False) -> None:
        self._is_ascii = is_ascii

    def item(self, inspection: Inspection) -> bytes:
        """Return the results of one file; of their rules the codes stand there."""
        texts = []
        for code, result in results_of(inspection):
            text = item_text({**result, "ruleIndex": HERE}, 8, is_ascii=self._is_ascii)
            texts.append(text.replace(json.dumps(HERE), f"\0{code}\0", 1))
        return _encoded(",".join(texts))

    def whole(self, items: Iterable[bytes], sums: CheckSums) -> Iterator[bytes]:
        """Yield the file; see `GrowingJson`."""
        rules, frame = sarif_frame(sums.codes, is_opened=sums.is_opened)
        numbers = {code.encode(): str(number).encode() for code, number in rules.items()}
        has_items = bool(sums.codes)
        frame["runs"][0]["results"] = [HERE] if has_items else []
        before, behind = items_between(frame, is_ascii=self._is_ascii)
        yield _encoded(before)
        for item in items:
            yield _RULE.sub(lambda found: numbers[found[1]], item)
        yield _encoded(f"{behind}\n")


def _encoded(text: str) -> bytes:
    return text.encode(errors="replace")
