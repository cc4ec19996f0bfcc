"""Currencies, units of measure and other endings of amounts, in English news."""

from __future__ import annotations

import re

# Signs that name one currency; a bare `$` follows the usage of international agencies (docs/why/figures.md).
SIGNS = {
    "US$": "USD", "C$": "CAD", "CA$": "CAD", "A$": "AUD", "AU$": "AUD", "NZ$": "NZD", "HK$": "HKD", "S$": "SGD", "R$": "BRL",
    "$": "USD", "€": "EUR", "£": "GBP", "₹": "INR", "₽": "RUB", "₺": "TRY", "₴": "UAH", "₪": "ILS", "₩": "KRW", "₦": "NGN",
    "₫": "VND", "₱": "PHP", "CN¥": "CNY", "¥": "",
}  # fmt: skip

# Names that one state's money bears alone.
_NAMES = {
    "euro": "EUR", "dollar": "USD", "yen": "JPY", "yuan": "CNY", "renminbi": "CNY", "ruble": "RUB", "rouble": "RUB",
    "hryvnia": "UAH", "hryvnya": "UAH", "zloty": "PLN", "zlotys": "PLN", "forint": "HUF", "shekel": "ILS", "rand": "ZAR",
    "ringgit": "MYR", "baht": "THB", "dong": "VND", "rupiah": "IDR", "lek": "ALL", "leke": "ALL", "lev": "BGN", "leva": "BGN",
    "naira": "NGN", "birr": "ETB", "tenge": "KZT", "lari": "GEL", "dram": "AMD", "manat": "", "real": "BRL", "reais": "BRL",
    "taka": "BDT", "cedi": "GHS", "kyat": "MMK", "riel": "KHR", "kip": "LAK", "tugrik": "MNT", "gourde": "HTG", "quetzal": "GTQ",
    "lempira": "HNL", "guarani": "PYG", "denar": "MKD", "denars": "MKD", "pound": "", "pounds sterling": "GBP", "sterling": "GBP",
    "dinar": "", "dirham": "", "rupee": "", "peso": "", "lira": "", "krona": "", "kronor": "SEK", "krone": "", "kroner": "",
    "franc": "", "rial": "", "riyal": "", "shilling": "", "leu": "", "lei": "", "som": "", "afghani": "AFN",
    "florin": "", "guilder": "", "thaler": "", "ducat": "", "drachma": "", "peseta": "", "escudo": "",
}  # fmt: skip

# The adjective of a state before a name that several moneys share.
_ADJECTIVES = {
    "us dollar": "USD", "u.s. dollar": "USD", "american dollar": "USD", "canadian dollar": "CAD", "australian dollar": "AUD",
    "new zealand dollar": "NZD", "hong kong dollar": "HKD", "singapore dollar": "SGD", "taiwan dollar": "TWD",
    "british pound": "GBP", "egyptian pound": "EGP", "lebanese pound": "LBP", "syrian pound": "SYP", "sudanese pound": "SDG",
    "serbian dinar": "RSD", "iraqi dinar": "IQD", "kuwaiti dinar": "KWD", "algerian dinar": "DZD", "jordanian dinar": "JOD",
    "tunisian dinar": "TND", "libyan dinar": "LYD", "bahraini dinar": "BHD", "moroccan dirham": "MAD", "uae dirham": "AED",
    "emirati dirham": "AED", "indian rupee": "INR", "pakistani rupee": "PKR", "sri lankan rupee": "LKR", "nepali rupee": "NPR",
    "nepalese rupee": "NPR", "mexican peso": "MXN", "argentine peso": "ARS", "chilean peso": "CLP", "colombian peso": "COP",
    "philippine peso": "PHP", "cuban peso": "CUP", "turkish lira": "TRY", "swedish krona": "SEK", "norwegian krone": "NOK",
    "danish krone": "DKK", "norwegian kroner": "NOK", "danish kroner": "DKK", "icelandic krona": "ISK", "czech koruna": "CZK",
    "swiss franc": "CHF", "cfa franc": "", "congolese franc": "CDF", "iranian rial": "IRR", "omani rial": "OMR",
    "yemeni rial": "YER", "saudi riyal": "SAR", "qatari riyal": "QAR", "kenyan shilling": "KES", "tanzanian shilling": "TZS",
    "ugandan shilling": "UGX", "somali shilling": "SOS", "romanian leu": "RON", "romanian lei": "RON", "moldovan leu": "MDL",
    "moldovan lei": "MDL", "azerbaijani manat": "AZN", "turkmen manat": "TMT", "kyrgyz som": "KGS", "uzbek som": "UZS",
    "belarusian ruble": "BYN", "belarusian rouble": "BYN", "russian ruble": "RUB", "russian rouble": "RUB",
    "chinese yuan": "CNY", "japanese yen": "JPY", "south korean won": "KRW", "north korean won": "KPW", "korean won": "",
    "bosnian mark": "BAM", "convertible mark": "BAM", "israeli shekel": "ILS", "brazilian real": "BRL",
}  # fmt: skip
_CODES = (
    "USD EUR GBP JPY CNY RUB CHF CAD AUD NZD SEK NOK DKK PLN CZK HUF RON BGN RSD BAM MKD ALL TRY UAH BYN GEL AMD AZN KZT UZS KGS "
    "INR PKR BDT LKR NPR IDR MYR THB VND PHP SGD HKD TWD KRW ILS EGP SAR AED QAR KWD IRR IQD JOD LBP SYP MAD TND DZD LYD NGN GHS "
    "KES TZS UGX ETB ZAR MXN BRL ARS CLP COP PEN"
)

# Word or sign -> unit, in UCUM's spelling where it has one.
MEASURES = {
    "km": "km", "kms": "km", "kilometer": "km", "kilometre": "km", "mile": "mi", "nautical mile": "nmi", "meter": "m", "metre": "m",
    "foot": "ft", "feet": "ft", "inch": "in", "inches": "in", "yard": "yd", "centimeter": "cm", "centimetre": "cm", "cm": "cm",
    "millimeter": "mm", "millimetre": "mm", "mm": "mm", "hectare": "ha", "acre": "ac", "square kilometer": "km2",
    "square kilometre": "km2", "sq km": "km2", "km²": "km2", "square mile": "mi2", "square meter": "m2", "square metre": "m2",
    "square foot": "ft2", "square feet": "ft2", "cubic meter": "m3", "cubic metre": "m3", "tonne": "t", "metric ton": "t",
    "ton": "ton", "kiloton": "kt", "megaton": "Mt", "kg": "kg", "kilogram": "kg", "kilo": "kg", "gram": "g", "pound of": "lb",
    "ounce": "oz", "liter": "L", "litre": "L", "gallon": "gal", "barrel": "bbl", "barrels per day": "bbl/d", "degree": "deg",
    "degrees celsius": "Cel", "degree celsius": "Cel", "°c": "Cel", "° c": "Cel", "degrees fahrenheit": "degF",
    "degree fahrenheit": "degF", "°f": "degF", "mph": "mi/h", "miles per hour": "mi/h", "km/h": "km/h", "kph": "km/h",
    "kilometers per hour": "km/h", "kilometres per hour": "km/h", "knot": "kn", "megawatt": "MW", "mw": "MW", "gigawatt": "GW",
    "gw": "GW", "kilowatt": "kW", "kwh": "kWh", "kilowatt-hour": "kWh", "megawatt-hour": "MWh", "mwh": "MWh", "volt": "V",
    "gigabyte": "GB", "megabyte": "MB", "terabyte": "TB", "percentage point": "pp", "basis point": "bp", "light-year": "ly",
}  # fmt: skip
_SHARES = r"%|per ?cent\b|pct\b"


def _plural(words: dict[str, str]) -> str:
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(
        re.escape(w) + (r"(?:e?s)?" if w[-1:].isalpha() and not w.endswith(("s", "feet")) else "")
        for w in ordered
    )


SIGN = "(?:" + "|".join(re.escape(s) for s in sorted(SIGNS, key=len, reverse=True)) + ")"
CODE = "(?:" + "|".join(_CODES.split()) + ")"
MONEY_NAME = rf"(?:{_plural(_ADJECTIVES)}|{_plural(_NAMES)}|cents|won(?= (?:in|for|worth|of|to|a|per)\b))"
MEASURE = rf"(?:{_plural(MEASURES)})"
SHARE = rf"(?:{_SHARES})"


def currency(text: str) -> str:
    """ISO 4217 code of a currency as written; empty if several moneys bear that name."""
    if text in SIGNS:
        return SIGNS[text]
    if text in _CODES.split():
        return text
    low = text.lower()
    for form in (low, low.removesuffix("s"), low.removesuffix("es")):
        for table in (_ADJECTIVES, _NAMES):
            if form in table:
                return table[form]
    return ""


def measure(text: str) -> str:
    """Unit of measure as written, in one spelling; empty if unknown."""
    low = re.sub(r"\s+", " ", text.lower())
    for form in (low, low.removesuffix("s"), low.removesuffix("es")):
        if form in MEASURES:
            return MEASURES[form]
    return ""
