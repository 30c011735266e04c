import { HuoshuiError } from '../domain/error.ts'

/** The data folder cannot be made, read or written by this user. */
export function folderError(folder: string, cause: unknown): HuoshuiError {
  const why = cause instanceof Error ? cause.message : String(cause)
  return new HuoshuiError('forbidden', {
    zh: `数据目录 ${folder} 无法使用:${why}。请用 --data 或 HUOSHUI_DATA 指定一个当前用户可写的目录。`,
    en: `The data folder ${folder} cannot be used: ${why}. Choose one this user may write with --data or HUOSHUI_DATA.`,
  }, { cause })
}

/** PostgreSQL from npm would not start; `tail` is the end of its own log. */
export function startError(folder: string, why: string, tail = ''): HuoshuiError {
  const log = tail === '' ? '' : `\n${tail}`
  return new HuoshuiError('unavailable', {
    zh: `内置数据库无法启动(${folder}):${why}${log}`,
    en: `The embedded database would not start (${folder}): ${why}${log}`,
  })
}

/** The folder belongs to a command that neither answers nor ends. */
export function heldError(folder: string): HuoshuiError {
  return new HuoshuiError('conflict', {
    zh: `数据目录 ${folder} 正被另一个进程占用,但其数据库没有应答。请等待其结束,或换用其他 --data 目录。`,
    en: `The data folder ${folder} is held by another process whose database does not answer. Wait for it to end, or use another --data folder.`,
  })
}

/** The command that ran the engine has ended and nothing could take its place. */
export function lostError(folder: string): HuoshuiError {
  return new HuoshuiError('unavailable', {
    zh: `数据库引擎已停止(${folder}):运行它的进程已结束。请重新执行本命令。`,
    en: `The database engine has stopped (${folder}): the process that ran it has ended. Run this command again.`,
  })
}

/** The database was written by a later program, or by one with another history of changes. */
export function schemaError(kind: 'newer' | 'foreign'): HuoshuiError {
  return new HuoshuiError('conflict', kind === 'newer'
    ? { zh: '数据库由更新版本的活水创建,本版本无法使用。请升级程序。', en: 'The database was written by a newer Huoshui than this one. Upgrade the program.' }
    : { zh: '数据库结构与本版本不一致(并非由活水的正式版本创建),无法升级。请换用其他数据目录或数据库。', en: 'The database has a schema this program does not know and cannot upgrade. Use another data folder or database.' })
}

/** What PostgreSQL's and the socket's codes mean to an operator. */
const REASONS: Readonly<Record<string, { zh: string; en: string }>> = {
  ECONNREFUSED: { zh: '连接被拒绝,数据库未运行或端口不对', en: 'connection refused: it is not running, or the port is wrong' },
  ENOTFOUND: { zh: '主机名无法解析', en: 'its host name does not resolve' },
  EAI_AGAIN: { zh: '主机名无法解析', en: 'its host name does not resolve' },
  CONNECT_TIMEOUT: { zh: '连接超时', en: 'connecting timed out' },
  ETIMEDOUT: { zh: '连接超时', en: 'connecting timed out' },
  '28P01': { zh: '用户名或密码不对', en: 'wrong user name or password' },
  '28000': { zh: '不允许该用户登录', en: 'this user may not sign in' },
  '3D000': { zh: '数据库不存在', en: 'there is no such database' },
  '53300': { zh: '连接数已满', en: 'it has no connection left' },
  '57P03': { zh: '数据库正在启动或关闭', en: 'it is starting up or shutting down' },
}

/** A failed connection to DATABASE_URL, in words. The password in the address is never shown. */
export function unreachableError(url: string, cause: unknown): HuoshuiError {
  const u = new URL(url)
  const where = `${u.hostname}:${u.port || '5432'}${u.pathname}`
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : ''
  const plain = cause instanceof Error ? cause.message : String(cause)
  const why = REASONS[code] ?? { zh: plain, en: plain }
  return new HuoshuiError('unavailable', {
    zh: `无法连接数据库 ${where}:${why.zh}。请检查 DATABASE_URL。`,
    en: `The database at ${where} cannot be reached: ${why.en}. Check DATABASE_URL.`,
  }, { cause })
}
