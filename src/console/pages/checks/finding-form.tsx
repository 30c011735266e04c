import { Alert, App, Form, Input, InputNumber, Modal, Radio } from 'antd'
import { post } from '../../api/client.ts'
import { useApi } from '../../api/use.ts'
import { useOnce } from '../../parts/once.ts'
import { useSaying } from '../../parts/saying.ts'
import { Loading } from '../../parts/states.tsx'
import { useWords } from '../../shell/language.tsx'
import { useMe } from '../../shell/me.tsx'

type Values = { answers: Record<string, boolean | number>; where?: string; seen?: string; note?: string }

/** Asks exactly what the rule asks, with the sample drawn and the leads at hand; it is signed with the name of whoever is signed in. */
export function FindingForm({ channel, standard, indicator, close }: { channel: number; standard: string; indicator: string; close: () => void }) {
  const { t } = useWords()
  const me = useMe()
  const { message } = App.useApp()
  const saying = useSaying()
  const [form] = Form.useForm<Values>()
  const { data } = useApi('/api/check-work', { query: { channel, standard } })
  const item = data?.find((w) => w.indicator === indicator)
  const send = async ({ answers, where, seen, note }: Values): Promise<void> => {
    const first = item?.questions[0]
    try {
      await post('/api/findings', { body: { channel, standard, indicator, answers, ...(note === undefined || note.trim() === '' ? {} : { note }), ...(seen === undefined || seen.trim() === '' || first === undefined ? {} : { places: [{ question: first.key, note: seen, ...(where === undefined || where === '' ? {} : { url: where }) }] }) } })
      void message.success(t('已签录,重新检查后计入', 'Signed; it counts in the next check'))
      close()
    } catch (error) { saying(error) }
  }
  const [sendOnce, busy] = useOnce(send)
  return (
    <Modal open width={680} title={t(`人工核查 ${indicator}`, `A person's finding: ${indicator}`)} onCancel={close} onOk={() => void form.submit()} confirmLoading={busy} okText={t('签录', 'Sign')} okButtonProps={{ disabled: item === undefined || item.questions.length === 0 }}>
      {data === undefined ? <Loading /> : item === undefined || item.questions.length === 0 ? <Alert type="info" showIcon title={t('这项指标不由人工填写:它等待下一次巡检或功能探测的结果。', 'Nothing is asked of a person here: it waits for the next visit or probe.')} /> : (
        <>
          <p><strong>{t(item.ask)}</strong></p>
          <p className="quiet">{t(item.clause)}</p>
          {item.leads.length === 0 ? null : <Alert type="warning" style={{ marginBottom: 12 }} title={t('程序发现的线索(仅供核查,不作结论)', 'Leads of the program, no verdict')} description={<ul style={{ margin: 0, paddingInlineStart: 18 }}>{item.leads.map((l) => <li key={l.en}>{t(l)}</li>)}</ul>} />}
          {item.sample.map((s) => <div key={s.name}><span className="quiet">{t('抽取的样本:', 'The sample drawn:')}</span><ul style={{ marginTop: 4, paddingInlineStart: 18 }}>{s.drawn.map((d) => <li key={d} className="address">{/^https?:/.test(d) ? <a href={d} target="_blank" rel="noreferrer noopener">{d}</a> : d}</li>)}</ul></div>)}
          <Form form={form} layout="vertical" onFinish={(v) => sendOnce(v)}>
            {item.questions.map((q) => (
              <Form.Item key={q.key} name={['answers', q.key]} label={t(q.text)} rules={[{ required: true, message: t('请作答', 'answer it') }]}>
                {q.type === 'yes_no' ? <Radio.Group options={[{ value: true, label: t('是', 'yes') }, { value: false, label: t('否', 'no') }]} /> : <InputNumber min={0} max={q.most ?? 10_000} precision={0} />}
              </Form.Item>
            ))}
            <Form.Item name="where" label={t('问题链接(可不填)', 'Address of the problem (optional)')} rules={[{ type: 'url', message: t('请填写完整网址', 'a whole address') }]}><Input maxLength={2000} /></Form.Item>
            <Form.Item name="seen" label={t('问题描述(可不填)', 'What is wrong there (optional)')}><Input.TextArea rows={2} maxLength={1000} /></Form.Item>
            <Form.Item name="note" label={t('备注(可不填)', 'Note (optional)')}><Input.TextArea rows={2} maxLength={2000} /></Form.Item>
          </Form>
          <p className="quiet">{t(`将以“${me.name}”的名义签录,签录后不能修改,只能另行录入。`, `It is signed as “${me.name}” and cannot be changed; a later finding stands over it.`)}</p>
        </>
      )}
    </Modal>
  )
}
