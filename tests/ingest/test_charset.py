"""Bytes decode by the codec that is found, and what was declared in vain is noted."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.ingest.charset import detect
from variorum.text.offsets import byte_offsets

CZECH = "Přístav Velmora zůstal v úterý zavřený, řekl šéf přístaviště. Žádná loď nevyplula k ostrovům."
POLISH = (
    "Port Velmora pozostał zamknięty, powiedział kapitan. Żaden prom nie wypłynął, żegluga jest zbyt groźna."
)
RUSSIAN = "Порт Вельмора во вторник оставался закрытым, сообщил капитан порта. Паромы не вышли в море."
GREEK = "Το λιμάνι της Βελμόρα παρέμεινε κλειστό την Τρίτη, δήλωσε ο λιμενάρχης. Κανένα πλοίο δεν έφυγε."
FRENCH = "Le port de Velmora est resté fermé mardi, a déclaré le préfet à la presse étrangère."


def page(text, label=""):
    return f"<html><head>{f'<meta charset={label}>' if label else ''}</head><p>{text}</p></html>"


@pytest.mark.parametrize(
    ("text", "codec", "label"),
    [
        (CZECH, "cp1250", "windows-1250"),
        (CZECH, "iso8859-2", "ISO-8859-2"),
        (RUSSIAN, "cp1251", "x-cp1251"),
        (RUSSIAN, "koi8-r", "KOI8-R"),
        (GREEK, "iso8859-7", "greek"),
        (FRENCH, "cp1252", "latin1"),
        (FRENCH, "utf-8", "utf8"),
        ("港口周二关闭", "gb18030", "gb2312"),
        ("港は火曜日に閉鎖された", "cp932", "Shift_JIS"),
    ],
)
def test_charset_declared_in_the_page_decodes(text, codec, label):
    """A declaration that holds is followed, without a note."""
    body = page(text, label).encode(codec)
    verdict = detect(body)
    assert (body.decode(verdict.name), verdict.note) == (page(text, label), "")


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (POLISH, "cp1250"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (GREEK, "cp1253"),
        (FRENCH, "cp1252"),
        (FRENCH, "utf-8"),
    ],
)
def test_charset_undeclared_is_told_from_the_bytes(text, codec):
    """Without a declaration the bytes tell, and a note says so unless they are UTF-8."""
    body = page(text * 3).encode(codec)
    verdict = detect(body)
    assert body.decode(verdict.name) == page(text * 3)
    assert bool(verdict.note) == (codec != "utf-8")


@pytest.mark.parametrize(
    ("codec", "label", "name", "note"),
    [
        ("utf-8", "iso-8859-1", "utf-8", "declared iso-8859-1, read as utf-8"),
        ("cp1252", "utf-8", "cp1252", "declared utf-8, read as cp1252"),
        ("utf-8", "klingon-1", "utf-8", "declared klingon-1, read as utf-8"),
        ("utf-8", "unicode_escape", "utf-8", "declared unicode_escape, read as utf-8"),
    ],
)
def test_charset_declared_wrongly_is_noted(codec, label, name, note):
    """A declaration that does not hold, or that no page may use, is overruled and noted."""
    verdict = detect(page(FRENCH, label).encode(codec))
    assert (verdict.name, verdict.note) == (name, note)


def test_charset_http_outranks_the_page():
    """What the server said comes before what the page says."""
    verdict = detect(page(CZECH, "iso-8859-1").encode("cp1250"), declared=[("HTTP", "windows-1250")])
    assert verdict.name == "cp1250"


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_charset_mark_of_byte_order_stays_in_the_text(codec):
    """Wide and marked pages decode with every byte accounted for."""
    body = page(FRENCH).encode(codec)
    name = detect(body).name
    text = body.decode(name)
    assert text.lstrip("\ufeff") == page(FRENCH)
    assert byte_offsets(text, name)[-1] == len(body)


def test_charset_damaged_utf8_stays_utf8():
    """One broken sequence does not turn a UTF-8 page into another charset; the note counts it."""
    body = page(CZECH).encode().replace("ž".encode(), b"\xc5", 1).replace("š".encode(), b"\xc5", 1)
    assert detect(body).name == "utf-8"
    assert "do not decode" in detect(body).note


@given(st.binary(max_size=200), st.sampled_from(["", "utf-8", "windows-1251", "gbk", "nonsense", "utf-16"]))
def test_charset_always_decides(data, label):
    """Any bytes get a codec that Python knows, or a reason why they cannot be anchored."""
    verdict = detect(data, declared=[("HTTP", label)] if label else [])
    assert verdict.note if not verdict.name else data.decode(verdict.name, "replace") is not None


def test_charset_of_one_long_line_is_found_in_time():
    """A damaged page without line ends costs time in step with its size."""
    begin = time.process_time()
    detect(b"\xff\xfe\xfd" * 40 + b"word " * 100_000, declared=())
    assert time.process_time() - begin < 2
