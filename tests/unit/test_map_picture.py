"""A map as a picture: every country and circle of the figure in its colour, in both forms."""

from __future__ import annotations

import io
import re

import pandas as pd
import pytest
from PIL import Image

from trade.charts import map_picture, maps
from trade.charts.label_context import Context
from trade.charts.map_picture import MapPicture

ROWS = pd.DataFrame(
    {
        "reporter": ["BRA", "MEX", "SGP"], "rank": 1, "partner": ["CHN", "USA", "CHN"], "share_pct": [30.1, 76.3, 12.0],
        "name_en": ["Brazil", "Mexico", "Singapore"], "reporter_name_en": ["Brazil", "Mexico", "Singapore"],
        "partner_name_en": ["China", "United States", "China"], "next_name_en": "Germany", "next_share_pct": 5.0,
        "period": "2023", "drawn": ["polygon", "polygon", "point"], "longitude": [-52.0, -102.0, 103.8],
        "latitude": [-10.0, 24.0, 1.35], "uncertain": False, "rank_certain": True,
    }
)  # fmt: skip


@pytest.fixture(scope="module")
def picture() -> MapPicture:
    return map_picture.picture(maps.first_destinations(ROWS, Context(lang="en")))


def test_the_legend_names_each_colour(picture: MapPicture) -> None:
    words = [text for _, text in picture.legend]
    assert words[:2] == ["China 2", "United States 1"]
    assert all(re.fullmatch("#[0-9a-f]{6}", colour) for colour, _ in picture.legend)


def test_a_country_has_the_colour_of_its_partner(picture: MapPicture) -> None:
    """Brasília and Mexico City, by their place in the picture's own projection."""
    image = Image.open(io.BytesIO(picture.png)).convert("RGB")
    colours = {text.partition(" ")[0]: colour for colour, text in picture.legend}
    for lon, lat, partner in ((-52.0, -10.0, "China"), (-102.0, 24.0, "United")):
        x, y = map_picture.Window(-169, 191, -57, 84).placed(lon, lat)
        red, green, blue = image.getpixel((x * map_picture.SHARP, y * map_picture.SHARP))
        assert f"#{red:02x}{green:02x}{blue:02x}" == colours[partner]


def test_both_forms_are_light_and_alike_in_size(picture: MapPicture) -> None:
    image = Image.open(io.BytesIO(picture.png))
    assert image.size == (picture.width * map_picture.SHARP, picture.height * map_picture.SHARP)
    assert image.info["dpi"] == pytest.approx((192, 192), abs=1)
    assert max(len(picture.svg), len(picture.png)) < 1_000_000
    text = picture.svg.decode()
    assert text.count("<path") > 200
    assert text.count("<circle") == 1
    assert "NaN" not in text
    assert "rgba" not in text
