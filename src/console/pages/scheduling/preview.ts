import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Text } from '../../../domain/text.ts'
import { ApiError, post } from '../../api/client.ts'
import type { PolicyTarget } from './policy-form.tsx'

const WAIT = 300

/** What the policy would mean, asked of the server a moment after the last change: "2,314 channels, about 410 visits a day, done by 06:40". */
export function usePreview(scope: PolicyTarget['scope'], target: string, settings: Readonly<Record<string, unknown>>): { words: Text; refusal: Text | null } {
  const asked = JSON.stringify({ scope, target, settings })
  const [settled, setSettled] = useState(asked)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(asked), WAIT)
    return () => clearTimeout(timer)
  }, [asked])
  const body = JSON.parse(settled) as { scope: PolicyTarget['scope']; target: string; settings: Record<string, unknown> }
  const { data, error } = useQuery({
    queryKey: ['/api/policies/preview', settled],
    queryFn: () => post('/api/policies/preview', { body }),
    enabled: body.scope === 'all' || body.target !== '',
    retry: false,
  })
  if (error instanceof ApiError) return { words: { zh: '', en: '' }, refusal: error.text }
  if (data === undefined) return { words: { zh: '选定对象后,这里会说明策略意味着多少次巡检。', en: 'Choose for whom, and this says how many visits it means.' }, refusal: null }
  const n = (x: number): string => x.toLocaleString('en-US')
  const change = data.visitsPerDay === data.visitsPerDayNow ? { zh: '与现在相同', en: 'as now' } : { zh: `现为每天 ${n(data.visitsPerDayNow)} 次`, en: `now ${n(data.visitsPerDayNow)}` }
  const until = typeof body.settings['visitsPerDay'] === 'number'
    ? { zh: '在允许的时段内均匀分布', en: 'evenly spread over the time allowed' }
    : data.visitSeconds === null
    ? { zh: '尚无巡检记录,无法估计完成时间', en: 'no visit yet to reckon the time from' }
    : data.doneBy === null
      ? { zh: `按目前速度一天内做不完,请减少次数或增加进程`, en: 'more than a day’s work at the present speed: fewer visits or more workers' }
      : { zh: `每天 ${data.opensAt} 开始,约 ${data.doneBy} 完成`, en: `begun at ${data.opensAt}, done by about ${data.doneBy}` }
  return { words: { zh: `${n(data.channels)} 个渠道,约每天 ${n(data.visitsPerDay)} 次巡检(${change.zh});${until.zh}。`, en: `${n(data.channels)} channels, about ${n(data.visitsPerDay)} visits a day (${change.en}); ${until.en}.` }, refusal: null }
}
