import { Command } from 'commander'
import { describe, expect, test } from 'vitest'
import { buildProgram, ROOMS } from '../../src/cli/program.ts'

describe('the command line loads what it is asked for', () => {
  test.each(ROOMS.map((r) => [r.names.join(', '), r] as const))('%s brings what it says', async (_names, room) => {
    const program = new Command()
    ;(await room.load())(program)
    // A room may bring more than it is asked for by: then the names below find it.
    expect(program.commands.map((c) => c.name())).toEqual(expect.arrayContaining([...room.names]))
  })
  test('every command of the whole is found by its own name alone', async () => {
    for (const name of (await buildProgram()).commands.map((c) => c.name())) {
      const own = await buildProgram(['--data', 'x', '--json', name])
      expect(own.commands.map((c) => c.name()), name).toContain(name)
    }
  })
  test('one command is loaded alone; none, or one that is none, loads all for the help', async () => {
    const all = (await buildProgram()).commands.length
    expect((await buildProgram(['standard', 'list'])).commands).toHaveLength(1)
    expect((await buildProgram(['--pace', 'visit', '--data', 'demo', 'status'])).commands.map((c) => c.name())).toEqual(['status'])
    expect((await buildProgram(['nothing'])).commands).toHaveLength(all)
    expect((await buildProgram(['--help'])).commands).toHaveLength(all)
  })
})
