import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { findChromium } from '../../src/fetch/index.ts'

const home = mkdtempSync(join(tmpdir(), 'huoshui-find-'))
afterAll(() => rmSync(home, { recursive: true }))

function fake(name: string): string {
  const folder = join(home, `bin-${name}`)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, name), '#!/bin/sh\n', { mode: 0o755 })
  return folder
}

describe('a Chromium', () => {
  it('that is set comes first, and is an error when it is not there', async () => {
    const path = join(fake('chosen'), 'chosen')
    expect(await findChromium({ path, folder: join(home, 'a'), searchPath: fake('chromium') })).toMatchObject({ executable: path, from: 'setting' })
    await expect(findChromium({ path: join(home, 'none'), folder: join(home, 'a') })).rejects.toMatchObject({ code: 'unavailable' })
  })

  it('of the system comes next', async () => {
    const folder = fake('google-chrome')
    expect(await findChromium({ folder: join(home, 'a'), searchPath: `/nonexistent:${folder}` })).toMatchObject({ executable: join(folder, 'google-chrome'), from: 'system' })
  })

  it('from npm is unpacked once, by however many ask at the same time, and runs', async () => {
    const folder = join(home, 'own')
    const [a, b] = await Promise.all([findChromium({ folder, searchPath: '' }), findChromium({ folder, searchPath: '' })])
    expect(a).toEqual(b)
    expect(a.from).toBe('package')
    expect(execFileSync(a.executable, ['--version'], { env: { ...process.env, ...a.env } }).toString()).toMatch(/\d+\.\d+/)
    expect(readdirSync(folder).filter((n) => n.startsWith('unpacking-'))).toEqual([])
    expect(statSync(folder).mode & 0o077).toBe(0)
    expect(readFileSync(a.env['FONTCONFIG_FILE']!, 'utf8')).toContain('noto-sans-sc')
  })

  it('is never taken from a folder that is a link, and a folder open to others is closed', async () => {
    mkdirSync(join(home, 'real'))
    symlinkSync(join(home, 'real'), join(home, 'link'))
    await expect(findChromium({ folder: join(home, 'link'), searchPath: '' })).rejects.toMatchObject({ code: 'unavailable' })
    const loose = join(home, 'loose')
    mkdirSync(loose)
    chmodSync(loose, 0o777)
    await findChromium({ folder: loose, searchPath: fake('chromium') })
    expect(statSync(loose).mode & 0o077).toBe(0)
  })
})
