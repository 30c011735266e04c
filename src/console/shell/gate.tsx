import { useApi } from '../api/use.ts'
import { Failed, Loading } from '../parts/states.tsx'
import { FirstPassword } from '../pages/sign-in/first-password.tsx'
import { Setup } from '../pages/sign-in/setup.tsx'
import { SignIn } from '../pages/sign-in/sign-in.tsx'
import { Frame } from './frame.tsx'
import { MeContext } from './me.tsx'

/** Nobody gets past it without a session: first start, then sign-in, then the first password's change, then the house. */
export function Gate() {
  const { data, error, isPending, refetch } = useApi('/api/session', {})
  if (isPending) return <Loading />
  if (error !== null && data === undefined) return <Failed error={error} retry={() => void refetch()} />
  if (data === undefined) return <Loading />
  if (data.state === 'setup') return <Setup done={() => void refetch()} />
  if (data.state === 'signed_out') return <SignIn done={() => void refetch()} />
  if (data.state === 'change_password') return <FirstPassword name={data.name} username={data.username} done={() => void refetch()} />
  return <MeContext value={data.me}><Frame /></MeContext>
}
