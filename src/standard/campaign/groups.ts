import type { Text } from '../../domain/text.ts'

export const CAMPAIGN: Text = { zh: '清理整合', en: 'Clean-up' }
export const DOC_2018: Text = {
  zh: '国办发〔2018〕123号《关于推进政务新媒体健康有序发展的意见》',
  en: 'State Council General Office [2018] No. 123, on government new media',
}
export const PRACTICE: Text = { zh: '各省清理“僵尸”“睡眠”账号的通行做法', en: 'common practice of the provinces in clearing zombie accounts' }
