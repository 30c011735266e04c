export function FirstPassword({ name, done }: { name: string; done: () => void }) {
  return <button type="button" onClick={done}>{name}</button>
}
