import { ask } from '../api/client.ts'

/** Ends the session here and goes back to the door. Everything kept of the register in this page goes with it. */
export async function signOut(): Promise<void> {
  await ask('POST', '/api/auth/sign-out', { body: {} }).catch(() => undefined)
  window.location.assign('/')
}
