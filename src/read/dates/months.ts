/**
 * Month names in the languages of the pages read, full and short, in the case that stands beside a day, lower case,
 * without a closing dot. Where two languages disagree (listopada: Polish November, Croatian October) the more spoken holds.
 */
const TABLE: readonly string[] = [
  'january jan januar jän jänner jaen janvier janv enero ene janeiro gennaio gen januari januára januarja január januar января янв январь ocak oca stycznia sty januara јануара януари яну gener ledna tammikuuta ianuarie jaanuar sausio ιανουαρίου ιαν siječnja січня студзеня يناير جانفي ינואר בינואר जनवरी มกราคม',
  'february feb februar février févr fév fevrier febrero fevereiro fev febbraio februari februára februarja február febr февраля фев февраль şubat şub lutego lut фебруара февруари фев febrer února helmikuuta februarie veebruar vasario φεβρουαρίου φεβ veljače лютого فبراير فيفري شباط פברואר בפברואר फरवरी กุมภาพันธ์',
  'march mar märz mär mrz maerz mars marzo março marco maart mrt marts maret mac марта мар март mart marca març března maaliskuuta martie märts március márc kovo μαρτίου μαρ ožujka березня сакавіка مارس آذار מרץ מרס במרץ במרס मार्च มีนาคม',
  'april apr avril avr abril abr aprile апреля апр апрель nisan nis kwietnia kwi априла април dubna aprilie apríla aprila április ápr huhtikuuta aprill balandžio απριλίου απρ travnja квітня красавіка أبريل ابريل إبريل أفريل نيسان אפריל באפריל अप्रैल เมษายน',
  'may mai mayo maio maggio mag mei мая май mayıs maja маја maig května maj mája május máj toukokuuta gegužės μαΐου μαϊ svibnja травня مايو ماي أيار מאי במאי मई พฤษภาคม',
  'june jun juni juin junio junho giugno giu июня июн июнь haziran haz czerwca cze јуна юни juny června júna junija június jún iunie kesäkuuta juuni birželio ιουνίου ιουν lipnja червня يونيو يونيه جوان حزيران יוני ביוני जून มิถุนายน',
  'july jul juli juillet juil julio julho luglio lug июля июл июль temmuz tem lipca lip јула юли juliol července júla julija július júl iulie heinäkuuta juuli liepos ιουλίου ιουλ srpnja липня يوليو يوليه جويلية تموز יולי ביולי जुलाई กรกฎาคม',
  'august aug août aout agosto ago augustus agustus augusti ogos августа авг август ağustos ağu sierpnia sie agost srpna augusta avgusta augusztus elokuuta rugpjūčio αυγούστου αυγ kolovoza серпня أغسطس اغسطس أوت آب אוגוסט באוגוסט अगस्त สิงหาคม',
  'september sep sept septembre septiembre setiembre set setembro settembre сентября сен сент сентябрь eylül eyl września wrz wrzesień септембра септември setembre září septembrie septembra szeptember szept syyskuuta rugsėjo σεπτεμβρίου σεπ rujna вересня верасня سبتمبر أيلول ספטמבר בספטמבר सितंबर กันยายน',
  'october oct oktober okt octobre octubre outubro out ottobre ott октября окт октябрь ekim eki października paź октобра октомври října octombrie októbra oktobra október lokakuuta oktoober spalio οκτωβρίου οκτ жовтня أكتوبر اكتوبر אוקטובר באוקטובר अक्टूबर ตุลาคม',
  'november nov novembre noviembre novembro ноября ноя ноябрь kasım kas listopada lis новембра ноември listopadu noiembrie novembra marraskuuta lapkričio νοεμβρίου νοε studenoga studenog листопада نوفمبر נובמבר בנובמבר नवंबर พฤศจิกายน',
  'december dec dezember dez décembre déc decembre diciembre dic dezembro dicembre desember disember des декабря дек декабрь aralık ara grudnia gru децембра декември desembre prosince decembrie decembra joulukuuta detsember gruodžio δεκεμβρίου δεκ prosinca грудня ديسمبر דצמבר בדצמבר दिसंबर ธันวาคม',
]

const months = new Map<string, number>()
TABLE.forEach((row, i) => {
  for (const name of row.split(' ')) if (!months.has(name)) months.set(name, i + 1)
})

/** 1 to 12, or 0 when the word is no month name known here. */
export function monthOf(word: string): number {
  return months.get(word.toLowerCase()) ?? 0
}
