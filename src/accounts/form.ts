import { z } from 'zod'
import { ROLES } from '../domain/actor.ts'
import { isUsername, usernameForm } from '../domain/password.ts'

/** A user name in the form it is kept; Chinese names are welcome. */
export const username = z.string().max(60).transform(usernameForm).refine(isUsername, '2–30 个字符:文字、数字和 . _ - (letters of any script, digits, . _ -)')
export const personName = z.string().trim().min(1).max(60).refine((s) => !/\p{Cc}/u.test(s), 'no control characters 不能含控制字符')
export const personId = z.string().min(1).max(64)

/** What an administrator says of an account. */
export const personFields = {
  name: personName,
  role: z.enum(ROLES),
  region: z.string().max(12).nullable(),
  organisationId: z.number().int().positive().nullable(),
}
