"""Decode bytes to text, in the encoding that the file declares or its bytes suggest. Runs in the worker process.

A file in a single-byte encoding (Latin-1, Windows-1252) also decodes as GB 18030 or Big5, with a Chinese character in
the middle of `Türkiye`. So the bytes are examined: non-ASCII bytes form long runs in Chinese text, but are single bytes
between letters in European names. Text that was decoded wrongly before it was saved is refused.
"""

from __future__ import annotations

import re
from typing import Any

_SAMPLE = 1 << 18
_DOUBLE_BYTE = ("gb18030", "big5hkscs", "shift_jis", "cp949")
_SINGLE_BYTE = ("cp1252", "cp1250", "cp1251", "iso8859_9", "iso8859_15")
_META = re.compile(rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w-]{2,30})", re.IGNORECASE)
_RUN = re.compile(rb"[\x80-\xff]+")
_WIDER = {
    "gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "big5": "big5hkscs", "iso-8859-1": "cp1252",
    "latin-1": "cp1252", "latin1": "cp1252",
}  # fmt: skip
"""Larger encodings that files are really in, by the encoding that publishers declare."""
_LOST = re.compile("\ufffd|锟斤拷|[\x80-\x84\x86-\x9f\ue000-\uf8ff]")
_WORD = re.compile(r"[^\x00-\x7f]+")


class Undecodable(Exception):
    """The bytes cannot be decoded. `key` and `values`: a message of `errors.toml` that completes "FILE: ..."."""

    def __init__(self, key: str, **values: str) -> None:
        super().__init__(key)
        self.key, self.values = key, values


def decode(raw: bytes, encoding: str) -> tuple[str, dict[str, Any]]:
    """The text, and how it was decoded: encoding, whether it was guessed, other possible encodings.

    Raises:
        Undecodable: it is not in that encoding or in any that is tried, or was damaged before it was saved.
    """
    if encoding:
        return _sound(_strictly(raw, _WIDER.get(encoding.lower(), encoding)), encoding), {"encoding": encoding}
    for mark, name in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig")):
        if raw.startswith(mark):
            return _sound(_strictly(raw, name), name), {"encoding": name}
    head = raw[:400]
    if head.count(0) > len(head) // 4:
        name = "utf-16-le" if head[1::2].count(0) > head[0::2].count(0) else "utf-16-be"
        return _sound(_strictly(raw, name), name), {"encoding": name}
    try:
        return _sound(raw.decode("utf-8"), "utf-8"), {"encoding": "utf-8"}
    except UnicodeDecodeError:
        pass
    if declared := _META.search(raw[:4000]):
        name = declared[1].decode("ascii").lower()
        text = _or_none(raw, _WIDER.get(name, name))
        if text is not None and not _is_damaged(text):
            return text, {"encoding": name}
    return _guessed(raw)


def _guessed(raw: bytes) -> tuple[str, dict[str, Any]]:
    texts = {name: text for name in _candidates(raw) if (text := _or_none(raw, name)) is not None}
    sound = [name for name, text in texts.items() if not _is_damaged(text)]
    if not sound:
        raise Undecodable("cell.unknown_encoding")
    best = sound[0]
    kind = _SINGLE_BYTE if best in _SINGLE_BYTE else _DOUBLE_BYTE
    others = [name for name in sound[1:] if name not in kind][:3] + [name for name in sound[1:] if name in kind][:2]
    return texts[best], {"encoding": best, "guessed": True, "others": others}


def _candidates(raw: bytes) -> list[str]:
    """Encodings to try, the likeliest first."""
    from charset_normalizer import from_bytes

    sample = raw[:_SAMPLE]
    ranked = [match.encoding for match in from_bytes(sample, cp_isolation=[*_DOUBLE_BYTE, *_SINGLE_BYTE])]
    runs = [len(run) for run in _RUN.findall(sample)]
    letters = re.findall(r"[^\x00-\x7f]", sample.decode("cp1252", "replace"))
    alone = sum(length == 1 for length in runs) > len(runs) / 2 and sum(map(str.isalpha, letters)) > 0.8 * len(letters)
    first, second = (_SINGLE_BYTE, _DOUBLE_BYTE) if alone else (_DOUBLE_BYTE, _SINGLE_BYTE)
    usual = [first[0]] if alone else []
    order = [*usual, *(name for name in ranked if name in first), *first, *second]
    return list(dict.fromkeys(order))


def _strictly(raw: bytes, encoding: str) -> str:
    text = _or_none(raw, encoding)
    if text is None:
        raise Undecodable("cell.other_encoding", encoding=encoding[:40])
    return text


def _or_none(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except (UnicodeDecodeError, LookupError, ValueError):
        return None


def _sound(text: str, encoding: str) -> str:
    if _is_damaged(text):
        raise Undecodable("cell.damaged_text", encoding=encoding, example=repr(_example(text)))
    return text


def _is_damaged(text: str) -> bool:
    return bool(_example(text))


def _example(text: str) -> str:
    """An example of text that was lost or decoded in the wrong encoding; empty if there is none."""
    sample = text[:_SAMPLE]
    if lost := _LOST.search(sample):
        return sample[max(0, lost.start() - 10) : lost.end() + 10].strip()
    words: set[str] = set(_WORD.findall(sample))
    for wrong in ("cp1252", "latin-1"):
        for word in words:
            if _as_utf8(word, wrong):
                return word
    han = [word for word in words if re.search(r"[\u4e00-\u9fff]", word)]
    bad = [word for word in han if len(word) > 2 and re.search(r"[\u4e00-\u9fff]{2}", _as_utf8(word, "gb18030"))]
    return bad[0] if len(bad) > len(han) / 2 else ""


def _as_utf8(word: str, encoding: str) -> str:
    try:
        return word.encode(encoding).decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return ""
