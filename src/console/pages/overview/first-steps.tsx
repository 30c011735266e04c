import { Button, Steps } from 'antd'
import { Link } from 'react-router'
import { may, useMe } from '../../shell/me.tsx'
import { useWords } from '../../shell/language.tsx'

/** A register that is empty, or never yet visited: what to do, in which order. */
export function FirstSteps({ channels, visited, candidates }: { channels: number; visited: boolean; candidates: number }) {
  const { t } = useWords()
  const me = useMe()
  const operates = may(me, ['operations'])
  const at = channels === 0 ? 1 : !visited ? 2 : 3
  return (
    <section className="panel panel-wide first-steps" aria-label={t('开始使用', 'Getting started')}>
      <h2>{t('开始使用:三步看到第一批结果', 'Getting started: three steps to the first results')}</h2>
      <Steps orientation="vertical" size="small" current={at} items={[
        { title: t('设置密码', 'Set the password'), content: t('已完成。', 'Done.') },
        {
          title: t('导入台账', 'Load your ledger'),
          content: channels > 0 ? t(`已登记 ${channels.toLocaleString('en-US')} 个渠道。`, `${channels.toLocaleString('en-US')} channels are registered.`) : (
            <>
              <p>{operates ? t('把现有的网站和新媒体台账(Excel 或 CSV)拖进来即可,表头不必改;系统先预览、指出问题,确认后才写入。', 'Drop your list of websites and accounts (Excel or CSV): headings may stay as they are. You see a preview and what is wrong before anything is written.') : t('请运维人员导入台账。', 'Operations staff load the ledger.')}</p>
              {operates ? <p className="no-print"><Link to="/ledger"><Button type="primary">{t('导入我的台账', 'Load my ledger')}</Button></Link>　<a href="/api/ledger/template" download>{t('下载空白模板', 'Download a template')}</a></p> : null}
              <p className="quiet">{t('只想先看看?在服务器上运行 npm run demo,会在另一个数据目录里启动一个示例省份,不影响这里。', 'Only want to look? Run npm run demo on the server: a sample province in a data folder of its own, which touches nothing here.')}</p>
            </>
          ),
        },
        { title: t('第一次巡检', 'The first crawl'), content: visited ? t('已完成第一批巡检。', 'The first visits are done.') : channels === 0 ? t('导入后自动开始,无需设置。', 'It begins by itself once a ledger is loaded.') : <p>{t('已经开始:尚未巡检的渠道会立即排队。进度见下方“尚未巡检”。', 'It has begun: channels never visited are queued at once. “Never visited” below shows how far it is.')} <Link to="/scheduling">{t('查看运行状况', 'See it running')}</Link></p> },
        { title: t('第一批候选', 'The first candidates'), content: candidates > 0 ? <Link to="/review">{t(`有 ${candidates} 个候选等待研判`, `${candidates} candidates wait for a decision`)}</Link> : t('长期不更新或打不开的渠道会附证据列为候选;是否处置由人决定。判断“已不存在”需间隔24小时的两次查看。', 'Channels long silent or gone become candidates, with evidence; people decide. That one is gone takes two looks 24 hours apart.') },
      ]} />
    </section>
  )
}
