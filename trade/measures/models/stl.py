"""Seasonal-trend decomposition by LOESS (STL), in numpy alone.

Cleveland, Cleveland, McRae and Terpenning (1990), "STL: A Seasonal-Trend Decomposition Procedure Based on Loess",
Journal of Official Statistics 6(1), with their defaults and robust weights: the same numbers as
`statsmodels.tsa.seasonal.STL` (a test compares them), without the 200 MB that it and scipy take.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
SEASONAL = 7
"""Values of a month that its seasonal part is smoothed over."""
INNER, OUTER = 2, 15


def decompose(values: Floats, period: int) -> tuple[Floats, Floats]:
    """Seasonal part and trend, shape of `values`: equally spaced, none missing, at least two periods of them."""
    count = len(values)
    seasonal, trend, weights = np.zeros(count), np.zeros(count), np.ones(count)
    for turn in range(OUTER + 1):
        for _ in range(INNER):
            cycles = _smooth_cycles(values - trend, weights, period)
            passed = _loess(_low_pass(cycles, period), np.ones(count), _odd(period + 1))
            seasonal = cycles[period : period + count] - passed
            trend = _loess(values - seasonal, weights, _odd(1.5 * period / (1 - 1.5 / SEASONAL)))
        if turn < OUTER:
            weights = _robust_weights(values - seasonal - trend)
    return seasonal, trend


def _odd(width: float) -> int:
    """The next odd whole number that is not below."""
    return int(np.ceil(width)) | 1


def _smooth_cycles(values: Floats, weights: Floats, period: int) -> Floats:
    """All Januaries smoothed, all Februaries ..., each with one value more before and after."""
    smoothed = np.empty(len(values) + 2 * period)
    for month in range(period):
        own = values[month::period]
        smoothed[month::period] = _loess(own, weights[month::period], SEASONAL, beyond=1)
    return smoothed


def _low_pass(values: Floats, period: int) -> Floats:
    """Moving averages over a period, a period and three values."""
    for width in (period, period, 3):
        values = np.convolve(values, np.full(width, 1 / width), mode="valid")
    return values


def _robust_weights(rest: Floats) -> Floats:
    """Bisquare weights of what is left over: 0 for outliers."""
    size = np.abs(rest)
    limit = 6 * np.median(size)
    weights = (1 - (size / limit) ** 2) ** 2 if limit > 0 else np.ones(len(rest))
    return np.where(size <= 0.001 * limit, 1.0, np.where(size <= 0.999 * limit, weights, 0.0))


def _loess(values: Floats, weights: Floats, width: int, beyond: int = 0) -> Floats:
    """Local lines over `width` neighbours, at every value and `beyond` places before the first and after the last."""
    places, base = _neighbours(len(values), width, beyond)
    near = base * weights[places]
    whole = near.sum(axis=1, keepdims=True)
    known = whole[:, 0] > 0
    near = near / np.where(whole > 0, whole, 1)
    at = np.arange(1 - beyond, len(values) + beyond + 1, dtype=float)
    mean = (near * (places + 1)).sum(axis=1)
    off = places + 1 - mean[:, None]
    spread = (near * off**2).sum(axis=1)
    bent = np.sqrt(spread) > 0.001 * (len(values) - 1)
    slope = np.where(bent, (at - mean) / np.where(bent, spread, 1), 0.0)
    fitted: Floats = (near * (1 + slope[:, None] * off) * values[places]).sum(axis=1)
    own = values[np.clip(np.arange(-beyond, len(values) + beyond), 0, len(values) - 1)]
    return np.where(known, fitted, own)


@lru_cache(maxsize=16)
def _neighbours(count: int, width: int, beyond: int) -> tuple[NDArray[np.int64], Floats]:
    """For each place the indexes of its neighbours, and their tricube weights by distance."""
    span = min(width, count)
    at = np.arange(1 - beyond, count + beyond + 1)
    first = np.clip(at - (width + 1) // 2, 0, count - span)
    places = first[:, None] + np.arange(span)
    away = np.abs(places + 1 - at[:, None]).astype(float)
    reach = np.maximum(at - places[:, 0] - 1, places[:, -1] + 1 - at).astype(float)[:, None]
    reach += max(width - count, 0) // 2
    near = (1 - np.minimum(away / np.where(reach > 0, reach, 1), 1) ** 3) ** 3
    return places, np.where(away <= 0.001 * reach, 1.0, np.where(away <= 0.999 * reach, near, 0.0))
