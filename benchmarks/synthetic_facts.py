"""Write synthetic facts in the layout of CEPII's BACI: `python benchmarks/synthetic_facts.py 5000000 OUT`.

The columns are BACI's: t year, i exporter, j importer (UN numbers), k product (six digits), v thousand dollars, q
tonnes. No figure is real: the number of products that a pair trades follows made-up sizes, values are lognormal,
product codes are digits under real chapters. The folder's name and each file's name and metadata say that they are
synthetic, and so does the title of the source in a store that loads them. The same seed gives the same rows.

Rows come in chunks of at most 500,000; memory does not grow with their number.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

PROJECT = Path(__file__).resolve().parent.parent
ROWS_A_YEAR = 10_000_000
"""Maximum, as in BACI; with fewer rows than five such years, the rows are spread over five years."""
LAST_YEAR = 2023
CHUNK = 500_000
PRODUCTS = 5_000
MOST_OF_A_PAIR = 4_500
"""Maximum number of products that a pair trades."""
FIRST = (156, 842, 276, 392, 410, 251, 528, 380, 826, 699)
"""The largest traders: China, the United States, Germany ... by the numbers that BACI uses."""
AS_BACI = {840: 842, 250: 251, 356: 699, 578: 579, 756: 757, 158: 490}
"""UN number (M49) to BACI's number, where they differ."""
SCHEMA = pa.schema(
    [
        ("t", pa.int32()),
        ("i", pa.int32()),
        ("j", pa.int32()),
        ("k", pa.dictionary(pa.int32(), pa.string())),
        ("v", pa.float64()),
        ("q", pa.float64()),
    ],
    metadata={"synthetic": "true", "about": "Made up for measuring: no figure is anybody's trade."},
)


def write(rows: int, folder: Path, seed: int = 1, years: int | None = None) -> Path:
    """Write `rows` rows, one file per year, to `folder/synthetic-baci-<rows>-seed<seed>/`; return that folder."""
    years = years or max(5, -(-rows // ROWS_A_YEAR))
    place = folder / f"synthetic-baci-{rows}-seed{seed}"
    place.mkdir(parents=True)
    for number in range(years):
        year = LAST_YEAR - years + 1 + number
        share = rows // years + (number < rows % years)
        path = place / f"SYNTHETIC_BACI_HS17_Y{year}.parquet"
        with pq.ParquetWriter(path, SCHEMA, compression="zstd", use_dictionary=["t", "i", "j", "k"]) as file:
            for chunk in _chunks(year, share, np.random.default_rng([seed, year])):
                file.write_table(chunk, row_group_size=CHUNK)
    return place


def _chunks(year: int, rows: int, random: np.random.Generator) -> Iterator[pa.Table]:
    """The year's rows, sorted by exporter, importer and product, a few whole pairs at a time."""
    numbers = economies()
    products = pa.array(hs6())
    seller, buyer = (side.ravel() for side in np.indices((len(numbers), len(numbers))))
    other = seller != buyer
    seller, buyer = seller[other], buyer[other]
    size = (40.0 + _ranks(numbers)) ** -3
    counts = _counts(size[seller] * size[buyer], rows)
    level = np.log(size / size.mean())
    starts = np.searchsorted(np.cumsum(counts), np.arange(0, rows, CHUNK - MOST_OF_A_PAIR), side="left")
    for first, last in zip(starts, [*starts[1:], len(counts)], strict=True):
        some = counts[first:last]
        pair = np.repeat(np.arange(first, last), some)
        k = _distinct(some, random)
        v = np.exp(random.normal(3.0 + level[seller[pair]] + level[buyer[pair]], 2.2))
        q = v * random.lognormal(-1.0, 1.0, len(v))
        yield pa.table(
            [
                pa.array(np.full(len(k), year, "int32")),
                pa.array(numbers[seller[pair]].astype("int32")),
                pa.array(numbers[buyer[pair]].astype("int32")),
                pa.DictionaryArray.from_arrays(k.astype("int32"), products),
                pa.array(np.round(np.maximum(v, 0.001), 3)),
                pa.array(np.round(q, 3)),
            ],
            schema=SCHEMA,
        )


def economies() -> np.ndarray:
    """Numbers of the economies, as BACI gives them, in ascending order."""
    with (PROJECT / "data/reference/economies.csv").open(encoding="utf-8") as file:
        known = [int(row["m49"]) for row in csv.DictReader(file) if row["kind"] == "economy" and row["m49"]]
    return np.array(sorted(AS_BACI.get(number, number) for number in known))


def hs6() -> list[str]:
    """Codes of six digits under the 96 chapters in use, ascending: about as many as the HS has, not its own."""
    chapters = [chapter for chapter in range(1, 98) if chapter != 77]
    each = [PRODUCTS // 96 + (at < PRODUCTS % 96) for at in range(96)]
    return [
        f"{chapter:02}{1 + at // 4:02}{10 + 20 * (at % 4):02}"
        for chapter, count in zip(chapters, each, strict=True)
        for at in range(count)
    ]


def _ranks(numbers: np.ndarray) -> np.ndarray:
    """Rank of each economy by size: the largest traders first, the others in a fixed arbitrary order."""
    rest = [number for number in sorted(numbers, key=lambda one: (one * 7919) % 1009) if number not in FIRST]
    place = {number: at for at, number in enumerate([*FIRST, *rest])}
    return np.array([place[number] for number in numbers])


def _counts(weight: np.ndarray, rows: int) -> np.ndarray:
    """How many products each pair trades: in proportion to its weight, at most MOST_OF_A_PAIR, `rows` in all."""
    if rows > MOST_OF_A_PAIR * len(weight):
        raise SystemExit(f"A year cannot hold {rows:,} rows: give more years.")
    low, high = 0.0, rows * MOST_OF_A_PAIR / weight.min()
    for _ in range(200):
        scale = (low + high) / 2
        low, high = (scale, high) if np.minimum(weight * scale, MOST_OF_A_PAIR).sum() < rows else (low, scale)
    exact = np.minimum(weight * low, MOST_OF_A_PAIR)
    counts = np.floor(exact).astype(int)
    lacking = rows - counts.sum()
    counts[np.argsort(counts - exact, kind="stable")[:lacking]] += 1
    return counts


def _distinct(counts: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """For each pair, `counts` different product indices in ascending order: the positions of a random walk."""
    total = counts.sum()
    steps = random.standard_exponential(total)
    ends = np.cumsum(counts)
    walked = np.cumsum(steps)
    begin = np.concatenate([[0.0], walked])[ends - counts]
    length = walked[np.maximum(ends - 1, 0)] - begin + random.standard_exponential(len(counts))
    nth = np.arange(total) - np.repeat(ends - counts, counts)
    room = np.repeat(PRODUCTS - counts + 1, counts)
    steps_down: np.ndarray = np.floor((walked - np.repeat(begin, counts)) / np.repeat(length, counts) * room)
    return np.asarray(steps_down.astype(int) + nth)


def main() -> None:
    parser = argparse.ArgumentParser(description="Write synthetic facts in the layout of BACI.")
    parser.add_argument("rows", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--years", type=int)
    options = parser.parse_args()
    print(write(options.rows, options.folder, options.seed, options.years))


if __name__ == "__main__":
    main()
