/** The nonce that the server put into this page: under its policy only styles that carry it apply. */
export const NONCE = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ''

/**
 * Gives every style element made from now on the nonce. Ant Design's own `csp` setting misses the one it makes while
 * measuring scroll bars; without this that one breaks the policy.
 */
export function nonceEveryStyle(): void {
  const create = document.createElement.bind(document)
  document.createElement = ((tag: string, options?: ElementCreationOptions) => {
    const element = create(tag, options)
    if (tag.toLowerCase() === 'style') element.setAttribute('nonce', NONCE)
    return element
  }) as typeof document.createElement
}
