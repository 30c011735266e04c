import type { Command } from 'commander'
import { listCredentials, removeCredential, rotateKey, setCredential } from '../../credentials/index.ts'
import type { CredentialState } from '../../credentials/index.ts'
import { HuoshuiError } from '../../domain/error.ts'
import type { Text } from '../../domain/text.ts'
import { both, print, printJson, say } from '../output.ts'
import { onEngine } from '../session.ts'
import { fieldValues, readLines } from '../text/fields.ts'
import { table } from '../text/table.ts'

type Whom = { organisation?: string; channel?: string }

const STATES: Record<CredentialState, string> = {
  works: '正常 works', untried: '未使用 untried', failing: '异常 failing', expires_soon: '即将到期 expires soon', expired: '已到期 expired', stopped: '已失效 stopped', unknown_id: '无来源使用 unused',
}

/** credential set|list|remove|rotate-key: API keys and cookies, sealed; their board. */
export function credentialCommands(program: Command): void {
  const credential = program.command('credential').description('API keys and cookies, sealed 凭据')

  credential
    .command('set')
    .description('put a credential; a value of - is read from standard input, one line each 录入凭据')
    .argument('<id>', 'as docs/channels.md names it, e.g. wechat_official.api')
    .argument('<fields...>', 'name=value, or name=- to type or pipe the value in')
    .option('--organisation <n>', 'for one organisation only')
    .option('--channel <n>', 'for one channel only')
    .option('--valid-until <day>', 'last day on which it holds, YYYY-MM-DD')
    .action(onEngine<Whom & { validUntil?: string }>(async ({ ctx, config, json }, options, [id = '', ...pairs]) => {
      const values = await fieldValues(pairs)
      const { organisation, channel, validUntil } = options
      const done = await setCredential({
        ctx, keys: config,
        input: { id, values, ...whom({ organisation, channel }), ...(validUntil === undefined ? {} : { validUntil }) },
      })
      if (json) return printJson(done)
      await say(both({ zh: `凭据 ${done.id} 已加密保存(${done.scope} ${done.target})`, en: `the credential ${done.id} is sealed and kept (${done.scope} ${done.target})` }))
    }))

  credential
    .command('list')
    .description('their health, who put them, what stands still; no secrets 凭据看板')
    .action(onEngine(async ({ ctx, json }) => {
      const rows = await listCredentials({ ctx })
      if (json) return printJson(rows)
      await print(table(['凭据 id', '对象 for', '状态 state', '有效期 until', '最近成功 success', '失败 failures', '停摆渠道 stopped', '录入 put'], rows.map((r) => [
        r.id, r.scope === 'all' ? '全部 all' : `${r.scope} ${r.target} ${r.targetName ?? ''}`, STATES[r.state], r.validUntil ?? '–', r.lastSuccessAt ?? '–',
        r.lastFailure === null ? String(r.failures) : `${r.failures} (${r.lastFailure})`, String(r.stoppedChannels), `${r.putAt} ${r.putBy}`,
      ])))
    }))

  credential
    .command('remove')
    .description('take a credential away 删除凭据')
    .argument('<id>')
    .option('--organisation <n>')
    .option('--channel <n>')
    .action(onEngine<Whom>(async ({ ctx, json }, { organisation, channel }, [id = '']) => {
      await removeCredential({ ctx, input: { id, ...whom({ organisation, channel }) } })
      await done(json, { id, removed: true }, { zh: '凭据已删除', en: 'the credential is removed' })
    }))

  credential
    .command('rotate-key')
    .description('seal everything anew with a new key 更换密钥')
    .option('--to <->', 'with HUOSHUI_KEY: read the new key from standard input')
    .action(onEngine<{ to?: string }>(async ({ ctx, config, json }, { to }) => {
      if (to !== undefined && to !== '-') throw new HuoshuiError('bad_input', { zh: '新密钥请从标准输入给出:--to -', en: 'give the new key on standard input: --to -' })
      const [newKey = ''] = to === undefined ? [] : await readLines(1)
      const result = await rotateKey({ ctx, keys: config, input: to === undefined ? {} : { newKey } })
      await done(json, result, result.from === 'file'
        ? { zh: `已换用新密钥 ${result.keyId},重新加密 ${result.sealed} 项`, en: `${result.sealed} items are sealed with the new key ${result.keyId}` }
        : { zh: `已用新密钥 ${result.keyId} 重新加密 ${result.sealed} 项:请立即更新各处的 HUOSHUI_KEY 并重启`, en: `${result.sealed} items are sealed with the new key ${result.keyId}: set it as HUOSHUI_KEY everywhere and restart` })
    }))
}

function whom({ organisation, channel }: { organisation?: string | undefined; channel?: string | undefined }): Whom {
  return { ...(organisation === undefined ? {} : { organisation }), ...(channel === undefined ? {} : { channel }) }
}

async function done(json: boolean, value: unknown, text: Text): Promise<void> {
  if (json) await printJson(value)
  else await say(both(text))
}
