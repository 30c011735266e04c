/** The list behind a figure of the overview, in the region that is looked at. */
export function channelsAt(region: string | undefined, filters: Readonly<Record<string, string | number | null>>): string {
  const search = new URLSearchParams()
  if (region !== undefined) search.set('region', region)
  for (const [name, value] of Object.entries(filters)) if (value !== null && value !== '') search.set(name, String(value))
  return `/channels?${search}`
}
