import { Alert } from 'antd'
import { useApi } from '../../api/use.ts'
import { When } from '../../parts/when.tsx'
import { useWords } from '../../shell/language.tsx'

/** One line: is the trail still what it was? */
export function Chain() {
  const { t } = useWords()
  const { data } = useApi('/api/audit/chain', {}, { every: 60_000 })
  if (data === undefined) return null
  const trouble = data.broken ?? data.tail
  if (trouble !== null) {
    return <Alert type="error" showIcon style={{ marginBottom: 12 }} title={t('审计链不完整', 'The audit chain does not hold')} description={<>{t(trouble)} {data.verifiedAt === null ? null : <span className="quiet">{t('核验于', 'verified')} <When at={data.verifiedAt} /></span>}</>} />
  }
  return (
    <p className="quiet">
      {data.verifiedAt === null
        ? t(`审计链现有 ${data.links} 环,尚未全部核验:请运行 huoshui audit verify。最近 200 环完整。`, `The chain has ${data.links} links and was never verified as a whole: run huoshui audit verify. Its last 200 links hold.`)
        : <>{t(`审计链现有 ${data.links} 环,核验至第 ${data.verifiedTo ?? 0} 环,完整;最近 200 环完整。核验于`, `The chain has ${data.links} links and holds: verified up to link ${data.verifiedTo ?? 0}, the last 200 looked at now. Verified`)} <When at={data.verifiedAt} /></>}
    </p>
  )
}
