"""Words in times: months and weekdays in English, French, German, Spanish, Italian,
Portuguese and Dutch."""

_MONTH_WORDS = (
    "jan january janv janvier januar jän jänner ene enero gen gennaio janeiro januari",
    "feb february févr févier fév février fevr fevrier februar febr febrero febbraio fev fevereiro februari",
    "mar march mars mär märz mrz maerz marzo março mrt maart",
    "apr april avr avril abr abril aprile",
    "may mai mayo mag maggio maio mei",
    "jun june juin juni junio giu giugno junho",
    "jul july juil juillet juli julio lug luglio julho",
    "aug august août aout ago agosto augustus",
    "sep sept september septembre septiembre set setiembre settembre setembro",
    "oct october octobre okt oktober octubre ott ottobre out outubro",
    "nov november novembre noviembre novembro",
    "dec december déc décembre decembre dez dezember dic diciembre dicembre dezembro",
)

MONTHS: dict[str, int] = {word: number for number, words in enumerate(_MONTH_WORDS, start=1) for word in words.split()}
"""Numbers of months (from 1) by their names and short forms in small letters, without a point."""

_WEEKDAY_WORDS = (
    "mon monday tue tues tuesday wed wednesday thu thur thurs thursday fri friday sat saturday sun sunday",
    "lun lundi mar mardi mer mercredi jeu jeudi ven vendredi sam samedi dim dimanche",
    "mo montag di dienstag mi mittwoch do donnerstag fr freitag sa samstag sonnabend so sonntag",
    "lunes martes mié mie miércoles miercoles jue jueves vie viernes sáb sab sábado sabado dom domingo",
    "lunedì martedì mercoledì gio giovedì venerdì sabato domenica",
    "seg segunda ter terça qua quarta qui quinta sex sexta feira",
    "ma maandag dinsdag wo woensdag donderdag vr vrijdag za zaterdag zo zondag",
)

WEEKDAYS: frozenset[str] = frozenset(word for words in _WEEKDAY_WORDS for word in words.split())
"""Weekdays and their short forms, in small letters."""

_NOISE_WORDS = (
    "t at on the of um uhr am den vom à a le du de del la las los el il alle ore às h hrs hours o clock om uur"
)

NOISE: frozenset[str] = frozenset(_NOISE_WORDS.split())
"""What people put between a date and a time of day, in small letters."""
