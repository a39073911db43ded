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
"""Width of the seasonal smoother: number of values of the same month."""
INNER, OUTER = 2, 15


def decompose(values: Floats, period: int) -> tuple[Floats, Floats]:
    """Seasonal part and trend, each in the shape of `values`, which must be equally spaced, without gaps and at least
    two periods long."""
    count = len(values)
    seasonal, trend, weights = np.zeros(count), np.zeros(count), np.ones(count)
    for iteration in range(OUTER + 1):
        for _ in range(INNER):
            cycles = _smooth_cycles(values - trend, weights, period)
            low_passed = _loess(_low_pass(cycles, period), np.ones(count), _odd(period + 1))
            seasonal = cycles[period : period + count] - low_passed
            trend = _loess(values - seasonal, weights, _odd(1.5 * period / (1 - 1.5 / SEASONAL)))
        if iteration < OUTER:
            weights = _robust_weights(values - seasonal - trend)
    return seasonal, trend


def _odd(width: float) -> int:
    """The smallest odd integer that is not less than `width`."""
    return int(np.ceil(width)) | 1


def _smooth_cycles(values: Floats, weights: Floats, period: int) -> Floats:
    """Smooth all Januaries, all Februaries ..., each extended by one value at both ends."""
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


def _robust_weights(residuals: Floats) -> Floats:
    """Bisquare weights of the residuals: 0 for outliers."""
    size = np.abs(residuals)
    limit = 6 * np.median(size)
    weights = (1 - (size / limit) ** 2) ** 2 if limit > 0 else np.ones(len(residuals))
    return np.where(size <= 0.001 * limit, 1.0, np.where(size <= 0.999 * limit, weights, 0.0))


def _loess(values: Floats, weights: Floats, width: int, beyond: int = 0) -> Floats:
    """Local linear regression over `width` neighbours, at every value and at `beyond` points before and after them."""
    indexes, base = _neighbours(len(values), width, beyond)
    local_weights = base * weights[indexes]
    total = local_weights.sum(axis=1, keepdims=True)
    known = total[:, 0] > 0
    local_weights = local_weights / np.where(total > 0, total, 1)
    positions = np.arange(1 - beyond, len(values) + beyond + 1, dtype=float)
    mean = (local_weights * (indexes + 1)).sum(axis=1)
    offsets = indexes + 1 - mean[:, None]
    spread = (local_weights * offsets**2).sum(axis=1)
    sloped = np.sqrt(spread) > 0.001 * (len(values) - 1)
    slope = np.where(sloped, (positions - mean) / np.where(sloped, spread, 1), 0.0)
    fitted: Floats = (local_weights * (1 + slope[:, None] * offsets) * values[indexes]).sum(axis=1)
    nearest = values[np.clip(np.arange(-beyond, len(values) + beyond), 0, len(values) - 1)]
    return np.where(known, fitted, nearest)


@lru_cache(maxsize=16)
def _neighbours(count: int, width: int, beyond: int) -> tuple[NDArray[np.int64], Floats]:
    """For each point, the indexes of its neighbours and their tricube weights by distance."""
    span = min(width, count)
    positions = np.arange(1 - beyond, count + beyond + 1)
    first = np.clip(positions - (width + 1) // 2, 0, count - span)
    indexes = first[:, None] + np.arange(span)
    distances = np.abs(indexes + 1 - positions[:, None]).astype(float)
    reach = np.maximum(positions - indexes[:, 0] - 1, indexes[:, -1] + 1 - positions).astype(float)[:, None]
    reach += max(width - count, 0) // 2
    tricube = (1 - np.minimum(distances / np.where(reach > 0, reach, 1), 1) ** 3) ** 3
    return indexes, np.where(distances <= 0.001 * reach, 1.0, np.where(distances <= 0.999 * reach, tricube, 0.0))
