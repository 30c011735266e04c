import { AlignmentType, BorderStyle, Document, Footer, ImageRun, Packer, PageNumber, Paragraph, Table, TableCell, TableLayoutType, TableRow, TextRun, WidthType } from 'docx'
import type { ISectionOptions } from 'docx'
import type { Block, OfficialDocument } from './document.ts'

type Child = ISectionOptions['children'][number]

/** Half points. Sizes and faces of GB/T 9704: title 小标宋 二号, body 仿宋 三号, headings 黑体. */
const SIZE = { title: 44, body: 32, table: 21 } as const
const FACE = {
  title: { ascii: 'Times New Roman', eastAsia: '方正小标宋简体', hAnsi: 'Times New Roman' },
  body: { ascii: 'Times New Roman', eastAsia: '仿宋_GB2312', hAnsi: 'Times New Roman' },
  heading: { ascii: 'Times New Roman', eastAsia: '黑体', hAnsi: 'Times New Roman' },
} as const
/** 28 磅 fixed line height, in twentieths of a point. */
const LINE = 560
/** 版心 156 mm × 225 mm on A4, in twentieths of a point. */
const PAGE = { width: 11_906, height: 16_838, top: 2098, bottom: 1984, left: 1587, right: 1474 } as const
const BODY_WIDTH = PAGE.width - PAGE.left - PAGE.right

/** An official document as .docx: title, number, addressee, body, contact, signature and page numbers. */
export async function docxBytes(d: OfficialDocument): Promise<Uint8Array> {
  const children: Child[] = [
    line(d.title, { size: SIZE.title, font: FACE.title, alignment: AlignmentType.CENTER, after: 200 }),
    ...(d.number === undefined ? [] : [line(d.number, { alignment: AlignmentType.CENTER, after: 300 })]),
    ...(d.addressee === undefined ? [] : [line(`${d.addressee}:`)]),
    ...d.blocks.flatMap(blockOf),
    ...(d.contact === undefined ? [] : [line(d.contact, { indent: true })]),
    ...(d.signedBy === undefined ? [] : [line('', {}), line(d.signedBy, { alignment: AlignmentType.RIGHT })]),
    ...(d.signedOn === undefined ? [] : [line(d.signedOn, { alignment: AlignmentType.RIGHT })]),
  ]
  const footer = new Footer({ children: [new Paragraph({ alignment: AlignmentType.CENTER, children: [new TextRun({ children: ['- ', PageNumber.CURRENT, ' -'], size: 28 })] })] })
  const document = new Document({
    creator: 'Huoshui',
    title: clean(d.title),
    sections: [{ properties: { page: { size: { width: PAGE.width, height: PAGE.height }, margin: PAGE } }, footers: { default: footer }, children }],
  })
  return Packer.toBuffer(document)
}

type Look = { size?: number; font?: (typeof FACE)[keyof typeof FACE]; alignment?: (typeof AlignmentType)[keyof typeof AlignmentType]; indent?: boolean; after?: number }

function line(text: string, look: Look = {}): Paragraph {
  return new Paragraph({
    spacing: { line: LINE, after: look.after ?? 0 },
    ...(look.alignment === undefined ? {} : { alignment: look.alignment }),
    ...(look.indent === true ? { indent: { firstLine: 640 } } : {}),
    children: [new TextRun({ text: clean(text), size: look.size ?? SIZE.body, font: look.font ?? FACE.body })],
  })
}

function blockOf(b: Block): Child[] {
  if (b.kind === 'heading') return [line(b.text, { font: FACE.heading, indent: true })]
  if (b.kind === 'text') return b.text.split('\n').map((t) => line(t, { indent: true }))
  if (b.kind === 'picture') {
    const picture = new ImageRun({ type: 'png', data: b.png, transformation: { width: b.width, height: b.height }, altText: { name: clean(b.about), description: clean(b.about), title: clean(b.about) } })
    return [new Paragraph({ alignment: AlignmentType.CENTER, children: [picture] })]
  }
  const parts = b.widths.reduce((sum, w) => sum + w, 0)
  const widths = b.widths.map((w) => Math.floor((BODY_WIDTH * w) / parts))
  const row = (texts: readonly string[], head: boolean): TableRow => new TableRow({
    tableHeader: head,
    cantSplit: true,
    children: widths.map((w, i) => new TableCell({
      width: { size: w, type: WidthType.DXA },
      margins: { top: 40, bottom: 40, left: 80, right: 80 },
      children: (texts[i] ?? '').split('\n').map((t) => new Paragraph({ children: [new TextRun({ text: clean(t), size: SIZE.table, bold: head, font: FACE.body })] })),
    })),
  })
  const edge = { style: BorderStyle.SINGLE, size: 4, color: '333333' } as const
  return [new Table({
    width: { size: BODY_WIDTH, type: WidthType.DXA },
    columnWidths: widths,
    layout: TableLayoutType.FIXED,
    borders: { top: edge, bottom: edge, left: edge, right: edge, insideHorizontal: edge, insideVertical: edge },
    rows: [row(b.head, true), ...b.rows.map((r) => row(r, false))],
  }), line('')]
}

/** Control characters cannot stand in XML, and half a surrogate pair makes a file that Word repairs. */
function clean(text: string): string {
  return text.toWellFormed().replace(/(?![\t\n])\p{Cc}|[\ufffe\uffff]/gu, '')
}
