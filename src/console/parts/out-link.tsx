import type { ReactNode } from 'react'

/** A way to a page outside, in a tab of its own. An address that is not the web's, whoever wrote it, is text and leads nowhere. */
export function OutLink({ url, children, title }: { url: string; children: ReactNode; title?: string }) {
  if (!/^https?:\/\//i.test(url)) return <span title={title ?? url}>{children}</span>
  return <a href={url} target="_blank" rel="noopener noreferrer nofollow" title={title ?? url}>{children}</a>
}
