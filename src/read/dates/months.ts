/** Month names in the languages of the pages read, full and short, lower case, without a closing dot. */
const TABLE: readonly (readonly string[])[] = [
  ['january jan', 'januar jän jänner jaen', 'janvier janv', 'enero ene', 'janeiro', 'gennaio gen', 'januari', 'января янв январь', 'ocak oca', 'stycznia sty', 'януари яну', 'gener', 'januára', 'ledna', 'tammikuuta', 'ianuarie', 'जनवरी'],
  ['february feb', 'februar', 'février févr fév fevrier', 'febrero', 'fevereiro fev', 'febbraio', 'februari', 'февраля фев февраль', 'şubat şub', 'lutego lut', 'февруари', 'febrer', 'února', 'फरवरी'],
  ['march mar', 'märz mär mrz maerz', 'mars', 'marzo', 'março marco', 'maart mrt', 'марта мар март', 'mart', 'marca', 'març', 'března', 'martie', 'मार्च'],
  ['april apr', 'avril avr', 'abril abr', 'aprile', 'апреля апр апрель', 'nisan nis', 'kwietnia kwi', 'април', 'dubna', 'aprilie', 'अप्रैल'],
  ['may', 'mai', 'mayo', 'maio', 'maggio mag', 'mei', 'мая май', 'mayıs', 'maja', 'maig', 'května', 'maj', 'मई'],
  ['june jun', 'juni', 'juin', 'junio', 'junho', 'giugno giu', 'июня июн июнь', 'haziran haz', 'czerwca cze', 'юни', 'juny', 'června', 'iunie', 'जून'],
  ['july jul', 'juli', 'juillet juil', 'julio', 'julho', 'luglio lug', 'июля июл июль', 'temmuz tem', 'lipca lip', 'юли', 'juliol', 'července', 'iulie', 'जुलाई'],
  ['august aug', 'août aout', 'agosto ago', 'augustus', 'августа авг август', 'ağustos ağu', 'sierpnia sie', 'agost', 'srpna', 'अगस्त'],
  ['september sep sept', 'septembre', 'septiembre set', 'setembro', 'settembre', 'сентября сен сент сентябрь', 'eylül eyl', 'września wrz', 'септември', 'setembre', 'září', 'septembrie', 'सितंबर'],
  ['october oct', 'oktober okt', 'octobre', 'octubre', 'outubro out', 'ottobre ott', 'октября окт октябрь', 'ekim eki', 'października paź', 'октомври', 'října', 'octombrie', 'अक्टूबर'],
  ['november nov', 'novembre', 'noviembre', 'novembro', 'ноября ноя ноябрь', 'kasım kas', 'listopada lis', 'ноември', 'listopadu', 'noiembrie', 'नवंबर'],
  ['december dec', 'dezember dez', 'décembre déc decembre', 'diciembre dic', 'dezembro', 'dicembre', 'декабря дек декабрь', 'aralık ara', 'grudnia gru', 'декември', 'desembre', 'prosince', 'decembrie', 'दिसंबर'],
]

const months = new Map<string, number>()
TABLE.forEach((row, i) => {
  for (const group of row) for (const name of group.split(' ')) if (!months.has(name)) months.set(name, i + 1)
})

/** 1 to 12, or 0 when the word is no month name known here. */
export function monthOf(word: string): number {
  return months.get(word.toLowerCase()) ?? 0
}
