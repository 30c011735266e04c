import { createContext, useContext } from 'react'
import type { Role } from '../../domain/actor.ts'

/** Who is signed in. */
export type Me = { readonly id: string; readonly username: string; readonly name: string; readonly role: Role; readonly region: { readonly code: string; readonly name: string } | null; readonly secondFactor: boolean }

export const MeContext = createContext<Me | null>(null)

export function useMe(): Me {
  const me = useContext(MeContext)
  if (me === null) throw new Error('useMe outside the gate')
  return me
}

/** May the role do it? Only for what is shown: the services decide. An administrator may do everything. */
export function may(me: Me, roles: readonly Role[]): boolean {
  return me.role === 'administrator' || roles.includes(me.role)
}
