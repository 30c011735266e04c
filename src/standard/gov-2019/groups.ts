import type { Text } from '../../domain/text.ts'

/** 一级指标 of the four tables. */
export const G = {
  veto: { zh: '单项否决', en: 'Veto' },
  release: { zh: '发布解读', en: 'Publication and interpretation' },
  service: { zh: '办事服务', en: 'Services' },
  interaction: { zh: '互动交流', en: 'Interaction' },
  function: { zh: '功能设计', en: 'Functions and design' },
  innovation: { zh: '创新发展', en: 'Innovation' },
} as const satisfies Record<string, Text>

/** 二级指标 of the veto clauses, shared by their sub-clauses. */
export const ITEM = {
  serious: { zh: '安全、泄密事故等严重问题', en: 'Security, leaks and other grave problems' },
  unreachable: { zh: '站点无法访问', en: 'Site cannot be opened' },
  homeStale: { zh: '首页不更新', en: 'Home page not updated' },
  columnsStale: { zh: '栏目不更新', en: 'Columns not updated' },
  interaction: { zh: '互动回应差', en: 'Poor interaction' },
  services: { zh: '服务不实用', en: 'Services of no use' },
  contentStale: { zh: '内容不更新', en: 'Content not updated' },
} as const satisfies Record<string, Text>
