export function SignIn({ done }: { done: () => void }) {
  return <button type="button" onClick={done}>sign-in</button>
}
