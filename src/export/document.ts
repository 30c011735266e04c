/** What the body of an official document is made of, from top to bottom. */
export type Block =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  /** `widths` in parts; the head row repeats on every page. */
  | { readonly kind: 'table'; readonly head: readonly string[]; readonly rows: readonly (readonly string[])[]; readonly widths: readonly number[] }
  | { readonly kind: 'picture'; readonly png: Uint8Array; readonly width: number; readonly height: number; readonly about: string }

export type OfficialDocument = {
  readonly title: string
  /** 文号 */
  readonly number?: string
  /** 主送机关 */
  readonly addressee?: string
  readonly blocks: readonly Block[]
  readonly contact?: string
  /** 落款 */
  readonly signedBy?: string
  readonly signedOn?: string
}

/** An official document as .docx. What builds it is loaded with the first one: a process that only visits never needs it. */
export async function documentBytes(d: OfficialDocument): Promise<Uint8Array> {
  const { docxBytes } = await import('./docx.ts')
  return docxBytes(d)
}
