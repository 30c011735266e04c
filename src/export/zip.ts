import { unzipSync, zipSync } from 'fflate'

/** Every entry bears this moment: the same files always make the same bytes. */
const MOMENT = new Date(1980, 0, 1)

/** Files by path, stored without compression, so that anybody can rebuild the archive byte by byte. */
export function zipBytes(files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  return zipSync(Object.fromEntries(files), { level: 0, mtime: MOMENT })
}

/** The files of an archive by path, in its order. Throws where it is none or is damaged. */
export function unzipBytes(bytes: Uint8Array): Map<string, Uint8Array> {
  return new Map(Object.entries(unzipSync(bytes)))
}
