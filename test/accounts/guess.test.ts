import { describe, expect, test } from 'vitest'
import { chosenPasswordProblem, generatePassword } from '../../src/accounts/index.ts'

const of = (password: string) => chosenPasswordProblem({ password, username: 'zhang.wei', name: '张伟' })

describe('a password that somebody chooses', () => {
  test.each([
    'Admin@123456', 'Password1234', 'P@ssw0rd12345', 'qwertyuiop123', 'huoshui2026!!', 'jiangxi@2020', 'woaini1314520', 'Passw0rd!2026', 'a123456789012', 'ａdmin@123456',
  ])('%s is refused as one that is guessed first', async (password) => {
    expect((await of(password))?.zh).toMatch(/太常见/)
  })
  test.each(['活水-nachalny-2026', 'correct horse battery staple 7', 'tin-lantern-34-obelisk', '雨后竹林听风语 2071'])('%s is taken', async (password) => {
    expect(await of(password)).toBeNull()
  })
  test('the rules told while typing come first, in their own words', async () => {
    expect((await of('Zh-9x'))?.en).toBe('a password has at least 12 characters')
    expect((await of('zhang.wei-lantern-obelisk'))?.en).toBe('the password must not contain the user name')
  })
  test('the name of who chooses it is no secret', async () => {
    const given = { password: 'Oberholzer-1', username: 'x1' }
    expect(await chosenPasswordProblem({ ...given, name: 'Oberholzer' })).not.toBeNull()
    expect(await chosenPasswordProblem(given)).toBeNull()
  })
  test('a repeated one is weak however long; what the program makes is always good', async () => {
    expect(await of(`${'ab1xy'.repeat(4)}`)).not.toBeNull()
    for (let i = 0; i < 200; i++) expect(await of(generatePassword())).toBeNull()
  })
})
