/** A number from 0 to n - 1 that looks random and is the same every time, made in SQL from the row's number `i`. */
export const pick = (salt: string, n: number | string, i = 'i'): string => `(abs(hashint8((${i})::bigint * 7919 + ${salt})::bigint) % (${n}))::int`

/** One of these words, by a number made in SQL. */
export const oneOf = (words: readonly string[], index: string): string => `(array[${words.map((w) => `'${w}'`).join(',')}])[1 + ${index}]`
