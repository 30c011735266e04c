import type { Step } from '../../../domain/candidate.ts'
import type { Text } from '../../../domain/text.ts'

/** A reason ready to be sent: its short name, and the words as they go into documents, which are Chinese. */
export type Template = { readonly name: Text; readonly text: string }

const t = (zh: string, en: string, text: string): Template => ({ name: { zh, en }, text })

export const TEMPLATES: Readonly<Partial<Record<Step, readonly Template[]>>> = {
  dismiss: [
    t('正常更新', 'It does publish', '经人工核实，该渠道在监测期内正常更新，不构成问题，予以排除。'),
    t('改版迁移未识别', 'Redesigned or moved', '经核实，系栏目改版或迁移所致，实际已按要求更新，予以排除。'),
    t('不适用该时限', 'The rule does not apply', '经核实，该渠道（栏目）不属于该条款规定的更新范围，不适用该时限，予以排除。'),
    t('台账信息有误', 'The ledger is wrong', '经核实，台账登记的网址或账号有误，已通知单位更正，本次不作问题处理。'),
  ],
  order: [
    t('按条款整改', 'By the clause', '经核查，该渠道存在“{clause}”问题，请于{deadline}前完成整改，并书面反馈整改情况。'),
    t('恢复更新', 'Publish again', '经核查，该渠道最近更新日期为{newest}，未达到更新要求，请于{deadline}前恢复更新，健全信息发布保障机制。'),
    t('充实或撤并栏目', 'Fill or merge columns', '经核查，该网站部分栏目内容长期不更新，请于{deadline}前充实内容或按程序撤并栏目。'),
    t('无力维护的申请关停', 'Maintain it or ask to shut', '请于{deadline}前完成整改;确无维护能力的，按程序申请关停或整合。'),
  ],
  plan_merge: [
    t('一单位一平台多账号', 'Several on one platform', '同一单位在同一平台开设多个账号，按照集约节约要求予以整合，请于{deadline}前发布迁移公告并完成整合。'),
    t('功能相近', 'Alike in purpose', '该渠道与其他渠道功能相近、内容重复，予以整合，请于{deadline}前完成内容归档和迁移。'),
  ],
  plan_shut_down: [
    t('长期不更新', 'Long silent', '该渠道长期不更新（最近更新日期为{newest}），拟予关停，请于{deadline}前按程序发布关停公告并完成注销。'),
    t('已无法访问', 'Gone', '该渠道已无法正常访问，拟予关停，请于{deadline}前办理注销手续，做好内容归档。'),
    t('单位申请', 'The unit asks', '应主办单位申请，拟予关停，请于{deadline}前按程序完成关停。'),
  ],
  keep: [
    t('保留备案', 'Keep it', '经研判，该渠道功能定位清晰，具备持续维护能力，予以保留并登记备案。'),
    t('工作确需', 'Needed for work', '经研判，该渠道确因工作需要开设，主办单位已明确专人维护，予以保留并登记备案。'),
  ],
  exempt: [
    t('正在改版', 'Under redesign', '该渠道正在改版，已向社会公告，改版期间予以豁免，至{until}止。'),
    t('季节性业务', 'Seasonal', '该渠道服务季节性业务，非业务期间予以豁免，至{until}止。'),
    t('已报备关停', 'Reported closing', '主办单位已报备关停，正在履行关停程序，予以豁免，至{until}止。'),
  ],
  pass: [
    t('已恢复更新', 'It publishes again', '经复查，该渠道已恢复更新（最近更新日期为{newest}），整改到位，予以销号。'),
    t('整改到位', 'Put right', '经复查，反馈问题已整改到位，佐证材料齐全，予以销号。'),
  ],
  fail: [
    t('仍未更新', 'Still silent', '经复查，该渠道仍未恢复更新，整改不到位，退回继续整改，请于{deadline}前完成。'),
    t('材料不足', 'Proof lacking', '佐证材料不足以证明整改到位，请补充材料并于{deadline}前再次反馈。'),
  ],
  extend: [t('情况属实', 'The grounds hold', '主办单位说明情况属实，同意延期至{deadline}。')],
  escalate: [
    t('逾期未整改', 'Overdue', '逾期未完成整改且未说明理由，提请上级主管部门督办。'),
    t('反复整改不到位', 'Failed again', '多次复查仍不到位，提请上级主管部门督办。'),
  ],
  uphold: [t('申诉不成立', 'Not accepted', '经复核，申诉理由不成立，维持原处理决定。')],
  confirm_merged: [t('整合完成', 'Merged', '经核实，该渠道已发布迁移公告并停止更新，内容已归档迁移，确认整合完成。')],
  confirm_shut_down: [t('关停完成', 'Shut down', '经核实，该渠道已发布关停公告并完成注销（下线），确认关停。')],
  reopen: [t('发现新情况', 'New facts', '发现新情况，重新研判。')],
}

/** What the holes of a template are filled with. */
export type Filling = { readonly clause?: string | undefined; readonly newest?: string | null | undefined; readonly deadline?: string | undefined; readonly until?: string | undefined }

/** 2026-07-01 → 2026年7月1日 */
function written(day: string): string {
  const [y, m, d] = day.split('-').map(Number)
  return `${y}年${m}月${d}日`
}

/** The template's words with days and clause in place. */
export function filled(template: Template, { clause, newest, deadline, until }: Filling): string {
  return template.text
    .replace('“{clause}”', clause === undefined ? '有关条款所列' : `“${clause.replace(/[。;]$/u, '')}”`)
    .replace('（最近更新日期为{newest}）', newest == null ? '' : `（最近更新日期为${written(newest)}）`)
    .replace('最近更新日期为{newest}，', newest == null ? '' : `最近更新日期为${written(newest)}，`)
    .replace('{deadline}', deadline === undefined ? '规定期限' : written(deadline))
    .replace('{until}', until === undefined ? '规定日期' : written(until))
}
