"""Names of months and weekdays in the larger European languages, as they stand in dates."""

from __future__ import annotations

from functools import cache

# Number of the month -> its names (nominative, genitive where dates use it) in en de fr es it pt nl pl cs sk hu ro
# sv da no fi el ru uk bg sr hr bs sl sq tr ca. One line a month, lower case.
_FULL: dict[int, str] = {
    1: "january januar jänner janvier enero gennaio janeiro januari styczeń stycznia leden ledna január januára "
    "ianuarie tammikuu tammikuuta ιανουάριος ιανουαρίου январь января січень січня януари јануар јануара januara "
    "siječanj siječnja janar ocak gener",
    2: "february februar feber février fevrier febrero febbraio fevereiro februari luty lutego únor února február "
    "februára februarie helmikuu helmikuuta φεβρουάριος φεβρουαρίου февраль февраля лютий лютого февруари фебруар "
    "фебруара februara veljača veljače shkurt şubat subat febrer",
    3: "march märz marz mars marzo março marco maart marzec marca březen března marec március martie maaliskuu "
    "maaliskuuta μάρτιος μαρτίου март марта березень березня mart marta ožujak ožujka març",
    4: "april avril abril aprile kwiecień kwietnia duben dubna apríl apríla április aprilie huhtikuu huhtikuuta "
    "απρίλιος απριλίου апрель апреля квітень квітня април априла aprila travanj travnja prill nisan",
    5: "may mai mayo maggio maio mei maj maja květen května máj mája május toukokuu toukokuuta μάιος μαΐου май мая "
    "травень травня мај маја svibanj svibnja mayıs mayis maig",
    6: "june juni juin junio giugno junho czerwiec czerwca červen června jún júna június iunie kesäkuu kesäkuuta "
    "ιούνιος ιουνίου июнь июня червень червня юни јун јуна jun juna lipanj lipnja junij junija qershor haziran juny",
    7: "july juli juillet julio luglio julho lipiec lipca červenec července júl júla július iulie heinäkuu heinäkuuta "
    "ιούλιος ιουλίου июль июля липень липня юли јул јула jul jula srpanj srpnja julij julija korrik temmuz juliol",
    8: "august août aout agosto augustus sierpień sierpnia srpen srpna augusta augusztus augusti elokuu elokuuta "
    "αύγουστος αυγούστου август августа серпень серпня avgust avgusta kolovoz kolovoza gusht ağustos agustos agost",
    9: "september septembre septiembre setiembre settembre setembro wrzesień września září septembra szeptember "
    "septembrie syyskuu syyskuuta σεπτέμβριος σεπτεμβρίου сентябрь сентября вересень вересня септември септембар "
    "септембра septembar rujan rujna shtator eylül eylul setembre",
    10: "october oktober octobre octubre ottobre outubro październik października říjen října október októbra "
    "octombrie lokakuu lokakuuta οκτώβριος οκτωβρίου октябрь октября жовтень жовтня октомври октобар октобра oktobar "
    "oktobra tetor ekim",
    11: "november novembre noviembre novembro listopadu novembra noiembrie marraskuu marraskuuta νοέμβριος νοεμβρίου "
    "ноябрь ноября листопад листопада ноември новембар новембра novembar studeni studenoga studenog nëntor nentor "
    "kasım kasim",
    12: "december dezember décembre decembre diciembre dicembre dezembro grudzień grudnia prosinec prosince decembra "
    "decembrie desember joulukuu joulukuuta δεκέμβριος δεκεμβρίου декабрь декабря грудень грудня декември децембар "
    "децембра decembar prosinac prosinca dhjetor aralık aralik desembre",
}

# Short forms. They name a month only beside a day and, English ones apart, a year.
_ENGLISH_SHORT = "jan feb mar apr may jun jul aug sep oct nov dec"
_SHORT: dict[int, str] = {
    1: "janv jän ene gen sty led янв січ јан oca",
    2: "fév fevr févr febr fev lut úno фев лют феб şub",
    3: "mär mrz mrt bře мар бер ožu",
    4: "avr abr kwi dub апр кві tra nis",
    5: "mag kvě тра svi",
    6: "giu cze чер јун lip haz",
    7: "juil lug juill јул srp tem",
    8: "aoû ago sie авг сер avg kol ağu",
    9: "sept set wrz zář сен вер сеп ruj eyl",
    10: "okt ott out paź říj окт жов eki",
    11: "noy ноя лис нов stu kas",
    12: "déc dez dic gru pro des дек гру дец ara",
}

# `listopad` is October in Croatian and November in Polish: the month stays unknown.
UNKNOWN_MONTH = 0
_AMBIGUOUS = "listopad listopada"

ENGLISH_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
ENGLISH_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_WEEKDAYS: dict[int, str] = {
    1: "monday mon montag lundi lunes lunedì segunda-feira maandag poniedziałek pondělí måndag mandag maanantai "
    "понедельник понеділок понедељак ponedjeljak ponedeljak e hënë pazartesi",
    2: "tuesday tue tues dienstag mardi martes martedì terça-feira dinsdag wtorek úterý tisdag tirsdag tiistai вторник "
    "вівторок уторак utorak e martë salı",
    3: "wednesday wed mittwoch mercredi miércoles mercoledì quarta-feira woensdag środa středa onsdag keskiviikko среда "
    "середа srijeda sreda e mërkurë çarşamba",
    4: "thursday thu thur thurs donnerstag jeudi jueves giovedì quinta-feira donderdag czwartek čtvrtek torsdag torstai "
    "четверг четвер четвртак četvrtak e enjte perşembe",
    5: "friday fri freitag vendredi viernes venerdì sexta-feira vrijdag piątek pátek fredag perjantai пятница п'ятниця "
    "петак petak e premte cuma",
    6: "saturday sat samstag sonnabend samedi sábado sabato zaterdag sobota lördag lørdag lauantai суббота субота "
    "subota e shtunë cumartesi",
    7: "sunday sun sonntag dimanche domingo domenica zondag niedziela neděle söndag søndag sunnuntai воскресенье неділя "
    "недеља nedjelja nedelja e diel pazar",
}


@cache
def month_names() -> dict[str, int]:
    """Full names of months, lower case -> number; `UNKNOWN_MONTH` where languages disagree."""
    names = {name: number for number, line in _FULL.items() for name in line.split()}
    return names | dict.fromkeys(_AMBIGUOUS.split(), UNKNOWN_MONTH)


@cache
def english_short() -> dict[str, int]:
    """English short forms, lower case, without full stop -> number."""
    return {name: i for i, name in enumerate(_ENGLISH_SHORT.split(), 1)} | {"sept": 9}


@cache
def other_short() -> dict[str, int]:
    """Short forms of other languages, lower case, without full stop -> number."""
    return {name: number for number, line in _SHORT.items() for name in line.split()}


@cache
def weekday_names() -> dict[str, int]:
    """Names of weekdays, lower case -> ISO number (Monday 1)."""
    return {name: number for number, line in _WEEKDAYS.items() for name in line.split() if len(name) > 1}
