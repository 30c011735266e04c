/** The largest file that is taken as proof, in bytes. */
export const LARGEST_FILE = 20_000_000

/** What officials bring, by its ending. No format that a browser would run. */
export const FILE_TYPES: ReadonlyMap<string, string> = new Map([
  ['pdf', 'application/pdf'],
  ['ofd', 'application/ofd'],
  ['png', 'image/png'],
  ['jpg', 'image/jpeg'],
  ['jpeg', 'image/jpeg'],
  ['docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ['xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  ['zip', 'application/zip'],
])

const ZIP = ['50 4b 03 04', '50 4b 05 06']
const FIRST_BYTES: ReadonlyMap<string, readonly string[]> = new Map([
  ['pdf', ['25 50 44 46']], ['png', ['89 50 4e 47']], ['jpg', ['ff d8 ff']], ['jpeg', ['ff d8 ff']], ['ofd', ZIP], ['docx', ZIP], ['xlsx', ZIP], ['zip', ZIP],
])

/** Do the bytes begin as a file with that ending begins? */
export function looksLike(ending: string, bytes: Uint8Array): boolean {
  const start = Buffer.from(bytes.subarray(0, 4)).toString('hex')
  return (FIRST_BYTES.get(ending) ?? []).some((f) => start.startsWith(f.replaceAll(' ', '')))
}
