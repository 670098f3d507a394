"""Which encoding is a text in (字符编码)? Strict decoders in order, then plausibility.

Nothing is ever decoded with replacement: a wrong digit is worse than a rejected file.
"""

from __future__ import annotations

import codecs
import os
import re
import unicodedata

from extract.reasons import Rejected

_MOJIBAKE = re.compile("锟斤拷|烫烫烫|屯屯屯|ï»¿|Ã[\x80-\xbf]|[éèæåäç][\x80-\xbf]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_SAMPLE = 200_000
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def shown_path(path: str | os.PathLike[str]) -> str:
    """Return a path or file name as text that every store, report and terminal can hold.

    Archives packed under Windows leave names in GB18030, which the file system hands over
    as surrogates. What is text in neither encoding shows replacement characters: a name
    is shown and compared, and nothing is read from its digits alone.
    """
    return "/".join(printable(_shown_part(part)) for part in os.fsencode(path).split(b"/"))


def printable(name: str) -> str:
    """Return a name with its control characters written out, as in ``a\\x1b.pdf``.

    Those that turn the direction of writing are among them: they make ``fdp.exe`` of a name
    look like another.
    """
    if name.isprintable():
        return name
    return "".join(
        char if unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Zl", "Zp") else _escape(char)
        for char in name
    )


def _escape(char: str) -> str:
    return f"\\x{ord(char):02x}" if ord(char) < 0x100 else f"\\u{ord(char):04x}"


def is_litter(name: str) -> bool:
    """Tell whether a file or folder is hidden or left behind by a program, by its name."""
    return name.startswith((".", "~$")) or name in ("__MACOSX", "Thumbs.db", "desktop.ini")


def _shown_part(raw: bytes) -> str:
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "replace")


def decode(data: bytes) -> tuple[str, str]:
    """Return ``(text, encoding)``.

    Raises Rejected with ENCODING_UNKNOWN when it is text in no known encoding, and
    with BINARY_JUNK when it is no text.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _strict(data, name), name
    wide = _utf16_without_mark(data)
    if wide is not None:
        return _strict(data, wide), wide
    if b"\x00" in data[:_SAMPLE]:
        raise Rejected("BINARY_JUNK", "holds zero bytes")
    scores: list[tuple[float, str, str]] = []
    for name in ("utf-8", "gb18030", "big5"):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        score = plausibility(text)
        # Bytes that are valid UTF-8 by chance are next to impossible, unlike the others.
        if score >= (0.4 if name == "utf-8" else 0.95):
            return text, name
        scores.append((score, name, text))
    if scores:
        score, name, text = max(scores)
        if score >= 0.8:
            return text, name
    if _looks_binary(data):
        raise Rejected("BINARY_JUNK", "control bytes among what is no text in any encoding")
    raise Rejected("ENCODING_UNKNOWN", "neither UTF-8, UTF-16, GB18030 nor Big5 fits")


def plausibility(text: str) -> float:
    """Return the share of characters (0..1) that a Chinese document would hold.

    Common Han characters, ASCII, punctuation and full-width forms count; rare
    ideographs, private-use characters and the marks of broken encodings do not.
    """
    sample = text[:_SAMPLE]
    if not sample.strip():
        return 1.0
    good = sum(1 for ch in sample if _is_common(ch))
    broken = sum(len(hit) for hit in _MOJIBAKE.findall(sample)) + len(_CONTROL.findall(sample))
    return max(0.0, (good - 2 * broken) / len(sample))


def _is_common(char: str) -> bool:
    code = ord(char)
    if code < 0x80:
        return code >= 0x20 or char in "\t\n\r\x0c"
    if 0x4E00 <= code <= 0x9FA5:
        return _frequent(char)
    if 0x3000 <= code <= 0x303F or 0xFF00 <= code <= 0xFFEF or 0x2000 <= code <= 0x2BFF:
        return True
    return code < 0x250 and unicodedata.category(char)[0] in "PSZ"


def _frequent(char: str) -> bool:
    """True for the 3,755 frequent characters of GB 2312 (level 1)."""
    try:
        return char.encode("gb2312")[0] < 0xD8
    except UnicodeEncodeError:
        return False


def _strict(data: bytes, name: str) -> str:
    try:
        text = data.decode(name)
    except UnicodeDecodeError as error:
        raise Rejected("ENCODING_UNKNOWN", f"marked {name}, broken at byte {error.start}") from None
    if plausibility(text) < 0.5:
        raise Rejected("BINARY_JUNK", f"marked {name}, but holds no text")
    return text


def _utf16_without_mark(data: bytes) -> str | None:
    sample = data[:4096]
    if len(sample) < 8 or len(data) % 2:
        return None
    even = sum(1 for b in sample[0::2] if b == 0) / (len(sample) / 2)
    odd = sum(1 for b in sample[1::2] if b == 0) / (len(sample) / 2)
    for name, high, low in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if high > 0.02 and low == 0:
            try:
                if plausibility(data.decode(name)) > 0.9:
                    return name
            except UnicodeDecodeError:
                continue
    return None


def _looks_binary(data: bytes) -> bool:
    sample = data[:_SAMPLE]
    control = sum(1 for b in sample if b < 0x20 and b not in b"\t\n\r\x0c")
    return control > len(sample) * 0.005
