/** Who acts. Every service verb takes one; the audit trail keeps it. */
export type Actor =
  | { readonly kind: 'system'; readonly name: string }
  | { readonly kind: 'cli'; readonly name: string }
  | {
      readonly kind: 'user'
      readonly id: string
      readonly name: string
      readonly role: Role
      /** Region code whose subtree the user may see and decide; null means the whole register. */
      readonly region: string | null
      /** The unit that a contact speaks for; null or absent for none. */
      readonly organisation?: number | null
    }

export const ROLES = ['administrator', 'operations', 'rectification', 'unit_contact', 'read_only'] as const
export type Role = (typeof ROLES)[number]
