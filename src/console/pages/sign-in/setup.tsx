export function Setup({ done }: { done: () => void }) {
  return <button type="button" onClick={done}>setup</button>
}
