import { HuoshuiError } from '../../domain/error.ts'
import type { RegionBook } from '../region/book.ts'
import { paths } from '../region/find.ts'

/** The region that a form names. Throws `bad_input` where it is none or several. */
export function regionOfForm(book: RegionBook, text: string): string {
  const found = book.find(text)
  if (found.kind === 'one') return found.region.code
  const many = found.kind === 'many' ? paths(book, found.regions) : ''
  throw new HuoshuiError('bad_input', many === ''
    ? { zh: `没有找到地区“${text}”；乡镇和开发区请先登记`, en: `No region “${text}”; townships and zones are entered first` }
    : { zh: `“${text}”可能是：${many}；请写明上级`, en: `“${text}” could be ${many}: name the region above it too` })
}
