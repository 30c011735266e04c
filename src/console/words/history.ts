import type { Text } from '../../domain/text.ts'

/** What may have been done with a channel. */
export const VERB_NAMES: Readonly<Record<string, Text>> = {
  'channel.create': { zh: '登记', en: 'Registered' }, 'channel.update': { zh: '修改', en: 'Changed' }, 'channel.close': { zh: '关停', en: 'Closed' }, 'channel.reopen': { zh: '恢复', en: 'Reopened' }, 'channel.columns': { zh: '登记栏目', en: 'Columns entered' },
  'channel.attest': { zh: '填报', en: 'Attested' }, 'channel.pause': { zh: '暂停巡检', en: 'Paused' }, 'channel.resume': { zh: '恢复巡检', en: 'Resumed' }, 'channel.run': { zh: '要求立即巡检', en: 'Visit asked for' }, 'channel.file': { zh: '登记备案', en: 'Filed' },
}

/** Fields of a channel as its form and its history name them. */
export const CHANNEL_FIELDS: Readonly<Record<string, Text>> = {
  kind: { zh: '渠道类型', en: 'Kind' }, name: { zh: '名称', en: 'Name' }, address: { zh: '网址', en: 'Address' }, addressRaw: { zh: '网址(原文)', en: 'Address as given' }, accountId: { zh: '账号ID', en: 'Account id' }, identityKey: { zh: '识别键', en: 'Identity' }, siteCode: { zh: '标识码', en: 'Site code' },
  organisation: { zh: '主办单位', en: 'Organisation' }, organisationId: { zh: '主办单位', en: 'Organisation' }, supervisor: { zh: '主管单位', en: 'Supervisor' }, region: { zh: '地区', en: 'Region' }, regionCode: { zh: '地区', en: 'Region' },
  filingStatus: { zh: '备案状态', en: 'Filing' }, filingNumber: { zh: '备案编号', en: 'Filing number' }, runningStatus: { zh: '运行状态', en: 'Running status' }, functionType: { zh: '功能类型', en: 'Function' }, openedOn: { zh: '开设日期', en: 'Opened on' },
  contact: { zh: '联系人', en: 'Contact' }, phone: { zh: '联系电话', en: 'Phone' }, members: { zh: '群成员数', en: 'Members' }, note: { zh: '备注', en: 'Note' }, extra: { zh: '附加列', en: 'Extra columns' },
}
