import { Parser } from 'htmlparser2'

export type Attributes = Readonly<Record<string, string>>
export type XmlHandler = {
  open?(name: string, attributes: Attributes): void
  text?(text: string): void
  close?(name: string): void
}

/** `x:row` → `row`: some programs write a prefix on every element. */
const local = (name: string): string => {
  const colon = name.indexOf(':')
  return colon < 0 ? name : name.slice(colon + 1)
}

/** A push parser for the XML of workbooks. No entities but XML's own are known, so nothing expands. */
export function xmlParser(handler: XmlHandler): { write(text: string): void; end(): void } {
  const parser = new Parser(
    {
      onopentag: (name, attributes) => handler.open?.(local(name), attributes),
      ontext: (text) => handler.text?.(text),
      onclosetag: (name) => handler.close?.(local(name)),
    },
    { xmlMode: true, decodeEntities: true },
  )
  return parser
}

export function parseXml(text: string, handler: XmlHandler): void {
  const parser = xmlParser(handler)
  parser.write(text)
  parser.end()
}

/** An attribute whatever its prefix: `r:id`, `id`. */
export function attribute(attributes: Attributes, name: string): string | undefined {
  return attributes[name] ?? Object.entries(attributes).find(([key]) => local(key) === name)?.[1]
}
