"""Words in times, in the languages of Europe, Turkish, Indonesian, Hebrew and Arabic: months, weekdays, today and
yesterday, and what stands between a date and a time of day.

Names and short forms are Unicode's (CLDR, taken out with Babel), and such as people write besides. A word is looked
up without its accents, which people leave out.
"""

import unicodedata


def plain_word(word: str) -> str:
    """A word in small letters, without accents and without a point behind."""
    marked = unicodedata.normalize("NFKD", word.casefold())
    return "".join(char for char in marked if not unicodedata.combining(char)).rstrip(".")


_MONTH_WORDS = (
    "jan january janv janvier januar jänner ene enero gen gennaio janeiro januari gener xaneiro xan ianuarie ian "
    "tammikuuta tammi tammikuu jaanuar jaan janvāris sausio saus sausis stycznia sty styczeń ledna led leden "
    "januára јануар јан јануари януари яну января янв январь січня січ січень студзеня сту студзень ιανουαρίου ιαν "
    "ιανουάριοσ ocak oca ינואר يناير tammik siječnja sij בינואר",
    "feb february févr févier fév février februar febr febrero febbraio fevereiro februari febrer febreiro "
    "februarie helmikuuta helmi helmikuu veebruar veebr februāris vasario vas vasaris lutego lut luty února úno "
    "únor februára фебруар феб февруари фев февраля февр февраль лютого лют лютий лютага люты φεβρουαρίου φεβ "
    "φεβρουάριοσ şubat şub פברואר فبراير helmik veljače velj בפברואר",
    "mar march mars märz mrz maerz marzo março mrt maart març martie marts maaliskuuta maalis maaliskuu kovo kov "
    "kovas marca marzec března bře březen marec március mart март мар марта березня бер березень сакавіка сак "
    "сакавік μαρτίου μαρ μάρτιοσ maret מרץ مارس maalisk ožujka ožu mac במרץ",
    "apr april avr avril abr abril aprile aprilie huhtikuuta huhti huhtikuu aprill aprīlis balandžio bal balandis "
    "kwietnia kwi kwiecień dubna dub duben apríla април апр апреля апрель квітня квіт квітень красавіка кра "
    "красавік απριλίου απρ απρίλιοσ nisan nis אפריל أبريل huhtik travnja tra באפריל",
    "may mai mayo mag maggio maio mei maig maj toukokuuta touko toukokuu maijs gegužės geg gegužė maja května kvě "
    "květen május мај май мая травня трав травень μαΐου μαΐ μάιοσ mayıs מאי مايو toukok svibnja svi במאי",
    "jun june juin juni junio giu giugno junho juny xuño iunie iun kesäkuuta kesä kesäkuu juuni jūnijs birželio "
    "birž birželis czerwca cze czerwiec června čvn červen júna június junij јун јуни юни июня июн июнь червня черв "
    "червень чэрвеня чэр чэрвень ιουνίου ιουν ιούνιοσ haziran haz יוני يونيو kesäk lipnja ביוני",
    "jul july juil juillet juli julio lug luglio julho juliol xullo xul iulie iul heinäkuuta heinä heinäkuu juuli "
    "jūlijs liepos liep liepa lipca lip lipiec července čvc červenec júla július julij јул јули юли июля июл июль "
    "липня лип липень ліпеня ліп ліпень ιουλίου ιουλ ιούλιοσ temmuz tem יולי يوليو heinäk srpnja julai ביולי",
    "aug august août ago agosto augustus agost ag augusti elokuuta elo elokuu ágúst ágú augusts rugpjūčio rugp "
    "rugpjūtis sierpnia sie sierpień srpna srpen augusta augusztus avgust avg август авг августа серпня серп "
    "серпень жніўня жні жнівень αυγούστου αυγ αύγουστοσ ağustos agustus אוגוסט أغسطس elok kolovoza kol ogos באוגוסט",
    "sep sept september septembre septiembre set setiembre settembre setembro setembre septembrie syyskuuta syys "
    "syyskuu septembris rugsėjo rugs rugsėjis września wrz wrzesień září zář septembra szeptember szept septembar "
    "септембар сеп септември сентября сент сентябрь вересня вер вересень верасня верасень σεπτεμβρίου σεπ "
    "σεπτέμβριοσ eylül eyl ספטמבר سبتمبر syysk rujna ruj בספטמבר",
    "oct october octobre okt oktober octubre ott ottobre out outubro octombrie lokakuuta loka lokakuu oktoober "
    "oktobris spalio spal spalis października paź październik října říj říjen októbra oktobar октобар окт октомври "
    "октября октябрь жовтня жовт жовтень кастрычніка кас кастрычнік οκτωβρίου οκτ οκτώβριοσ ekim eki אוקטובר أكتوبر "
    "lokak באוקטובר",
    "nov november novembre noviembre novembro noiembrie marraskuuta marras marraskuu novembris lapkričio lapkr "
    "lapkritis listopada lis listopad listopadu novembra novembar новембар нов ноември ное ноября нояб ноябрь "
    "листопада лист листопад лістапада ліс лістапад νοεμβρίου νοε νοέμβριοσ kasım kas נובמבר نوفمبر marrask "
    "studenoga studenog stu בנובמבר",
    "dec december décembre dez dezember dic diciembre dicembre dezembro desembre des decembro decembrie desember "
    "joulukuuta joulu joulukuu detsember dets decembris gruodžio gruod gruodis grudnia gru grudzień prosince pro "
    "prosinec decembra decembar децембар дец декември дек декабря декабрь грудня груд грудень снежня сне снежань "
    "δεκεμβρίου δεκ δεκέμβριοσ aralık ara דצמבר ديسمبر jouluk prosinca dis בדצמבר",
)  # fmt: skip

MONTHS: dict[str, int] = {
    plain_word(word): number for number, words in enumerate(_MONTH_WORDS, start=1) for word in words.split()
}
"""Numbers of months (from 1) by their names and short forms, plain."""

CROATIAN: dict[str, int] = {"listopada": 10, "lis": 10, "lip": 6}
"""Months that are others in Croatian, where a point stands behind the day, than in Polish, where none does."""

_WEEKDAY_WORDS = (
    "mon monday tue tues tuesday wed wednesday thu thur thurs thursday fri friday sat saturday sun sunday",
    "lun lundi mar mardi mer mercredi jeu jeudi ven vendredi sam samedi dim dimanche",
    "mo montag di dienstag mi mittwoch do donnerstag fr freitag sa samstag sonnabend so sonntag",
    "lunes martes mié miércoles jue jueves vie viernes sáb sábado dom domingo",
    "lunedì martedì mercoledì gio giovedì venerdì sabato domenica",
    "seg segunda ter terça qua quarta qui quinta sex sexta feira",
    "ma maandag dinsdag wo woensdag donderdag vr vrijdag za zaterdag zo zondag",
    "dilluns dl dimarts dt dimecres dc dijous dj divendres dv dissabte ds diumenge dg",
    "luns mércores xoves xov venres",
    "luni marți miercuri joi vineri vin sâmbătă duminică dum",
    "måndag mån tisdag tis onsdag ons torsdag tors fredag fre lördag lör söndag sön",
    "tirsdag tirs lørdag lør søndag søn",
    "tir tor",
    "tysdag ty on to laurdag la sø",
    "maanantaina maanantai tiistaina ti tiistai keskiviikkona ke keskiviikko torstaina torstai perjantaina pe "
    "perjantai lauantaina lauantai sunnuntaina su sunnuntai",
    "mánudagur þriðjudagur þri miðvikudagur mið fimmtudagur fim föstudagur fös laugardagur lau sunnudagur",
    "esmaspäev teisipäev kolmapäev neljapäev reede laupäev pühapäev",
    "pirmdiena pirmd otrdiena otrd trešdiena trešd ceturtdiena ceturtd piektdiena piektd sestdiena sestd svētdiena "
    "svētd",
    "pirmadienis pr antradienis an trečiadienis tr ketvirtadienis kt penktadienis pn šeštadienis št sekmadienis sk",
    "poniedziałek pon wtorek wt środa śr czwartek czw piątek sobota sob niedziela niedz",
    "pondělí po úterý út středa čtvrtek pátek pá neděle ne",
    "pondelok utorok štvrtok piatok pi nedeľa",
    "hétfő kedd szerda sze csütörtök cs péntek szombat szo vasárnap",
    "ponedeljek torek sreda sre četrtek petek nedelja ned",
    "ponedeljak utorak uto četvrtak petak subota sub",
    "понедељак пон уторак уто среда сре четвртак чет петак пет субота суб недеља нед",
    "понеделник вторник вто четврток петок сабота саб недела",
    "пн вт сряда ср четвъртък чт петък пт събота сб неделя нд",
    "понедельник четверг пятница суббота воскресенье вс",
    "понеділок вівторок середа четвер пʼятниця неділя",
    "панядзелак аўторак аў серада чацвер чц пятніца нядзеля",
    "δευτέρα δευ τρίτη τρί τετάρτη τετ πέμπτη πέμ παρασκευή παρ σάββατο σάβ κυριακή κυρ",
    "pazartesi pzt salı sal çarşamba çar perşembe per cuma cum cumartesi cmt pazar paz",
    "senin sen selasa sel rabu rab kamis kam jumat jum sabtu minggu min",
    "שני שלישי רביעי חמישי שישי שבת ראשון",
    "الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد",
)  # fmt: skip

WEEKDAYS: frozenset[str] = frozenset(plain_word(word) for words in _WEEKDAY_WORDS for word in words.split())
"""Weekdays and their short forms, plain; none that is a zone's name, too (`PT`, `CT`, `CET`, `PET`)."""

_DAYS_AGO = (
    "today, yesterday, aujourd'hui, hier, avant-hier, heute, gestern, vorgestern, hoy, ayer, anteayer, oggi, "
    "ieri, l'altro ieri, hoje, ontem, anteontem, vandaag, gisteren, eergisteren, avui, ahir, abans-d'ahir, hoxe, "
    "onte, antonte, azi, alaltăieri, i dag, i går, i förrgår, i forgårs, i førgår, tänään, eilen, toissa päivänä, "
    "í dag, í gær, í fyrradag, täna, eile, üleeile, šodien, vakar, aizvakar, šiandien, užvakar, dzisiaj, dziś, "
    "wczoraj, przedwczoraj, dnes, včera, předevčírem, predvčerom, tegnap, tegnapelőtt, danes, včeraj, predvčerajšnjim, "
    "danas, juče, jučer, prekjuče, данас, јуче, прекјуче, денес, вчера, завчера, днес, онзи ден, сегодня, позавчера, "
    "сьогодні, учора, вчора, позавчора, сёння, пазаўчора, σήμερα, χθεσ, προχθέσ, bugün, dün, evvelsi gün, hari ini, "
    "kemarin, kemarin dulu, היום, אתמול, שלשום, اليوم, أمس, أول أمس, hôm nay, hôm qua, hôm kia, 今天, 昨天, 前天, "
    "今日, 昨日, 一昨日, 오늘, 어제, 그저께, วันนี้, เมื่อวาน, "
    "เมื่อวานซืน, आज, कल, परसों, امروز, دیروز, پریروز, semalam, kelmarin"
)

DAYS_AGO: frozenset[str] = frozenset(plain_word(word) for word in _DAYS_AGO.split(", "))
"""Today, yesterday and the day before, plain; some are of several words."""

_NOISE_WORDS = (
    "t at on the of um uhr am den vom à a le du de del la las los el il alle ore às h hrs hours o clock om uur em "
    "kl klo klockan klokken g godz godzina roku r o w m d gada ob u v ve dne saat pukul jam tanggal lúc ore ora "
    "eeu г год года р року в о у ч час να στισ ωρα gün tarihinde"
)

NOISE: frozenset[str] = frozenset(plain_word(word) for word in _NOISE_WORDS.split())
"""What people put between a date and a time of day, plain."""
