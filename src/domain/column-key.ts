/** A CMS that names its columns in the query alone (list.jsp?wbtreeid=1) keeps them apart by it. */
const NAMED_BY_QUERY = /[?&](?:wbtreeid|columnid|channelid|catid|cid|classid|colid|typeid|lmid|id)=/i

/** What makes a column of a site itself: host and path. Scheme, query, index file and closing slash aside, one address is one column. */
export function columnKey(url: string): string {
  const from = url.indexOf('://')
  let end = url.length
  const query = url.indexOf('?')
  const hash = url.indexOf('#')
  if (query > 0 && !NAMED_BY_QUERY.test(url)) end = query
  if (hash > 0 && hash < end) end = hash
  return url.slice(from < 0 ? 0 : from + 3, end).replace(/\/(?:index|default)\.(?:s?html?|jsp|aspx?|php)$/i, '/').replace(/\/+$/, '')
}
