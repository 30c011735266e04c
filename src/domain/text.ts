/** A message in both languages a user may see. Chinese is written first because it is shown first. */
export type Text = { readonly zh: string; readonly en: string }

export type Language = keyof Text

/** Fills `{name}` holes in both languages with the same values. Unknown holes are left as they stand. */
export function fill(text: Text, values: Readonly<Record<string, string | number>>): Text {
  const put = (s: string): string =>
    s.replace(/\{(\w+)\}/g, (hole, name: string) => (name in values ? String(values[name]) : hole))
  return { zh: put(text.zh), en: put(text.en) }
}
