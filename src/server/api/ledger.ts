import { z } from 'zod'
import { cellEdits, importLedger, ledgerTemplate, previewLedger } from '../../registry/index.ts'
import type { Ctx } from '../../../db/context.ts'
import { HuoshuiError } from '../../domain/error.ts'
import { emitChanges, streamEvents } from '../events.ts'
import { route } from '../route.ts'
import { MOST_BYTES, Uploads } from '../uploads.ts'
import { bytesOf, text } from './words.ts'

const WORKBOOK = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const DOOR = ['operations'] as const
const n = z.number()
const s = z.string()
const params = z.object({ id: z.uuid() })
const counts = z.object({ rows: n, created: n, updated: n, unchanged: n })
const finding = z.object({ sheet: s, row: n, column: s, value: s, expected: text })
const report = z.object({
  file: s, dryRun: z.boolean(), imported: z.boolean(), sheets: z.array(z.object({ name: s, use: z.enum(['channels', 'columns', 'skipped']), rows: n, headerRow: n })), rows: n, created: n, updated: n, unchanged: n, rejected: n,
  repeated: n, organisations: n, attestations: n, closed: n, reopened: n, columns: counts, warnings: z.array(finding), warningCount: n, errors: z.array(finding), errorCount: n,
})
const preview = z.object({
  report,
  sheets: z.array(z.object({
    name: s, use: z.enum(['channels', 'columns']), more: n,
    headings: z.array(z.object({ index: n, letters: s, text: s, field: text.nullable() })),
    rows: z.array(z.object({ row: n, grave: z.boolean(), problems: z.array(text), cells: z.array(z.object({ text: s, problem: text.nullable(), grave: z.boolean() })) })),
  })),
})

const uploads = new Uploads()
const owner = (ctx: Ctx): string => (ctx.actor.kind === 'user' ? ctx.actor.id : ctx.actor.kind)

/** A ledger on its way in: sent, looked at, mended cell by cell, and only then written. */
export const ledgerRoutes = [
  route({
    method: 'GET',
    url: '/api/ledger/template',
    summary: { zh: '下载台账模板', en: 'a workbook to fill in' },
    door: 'signed_in',
    answer: 'file',
    handle: async () => ({ filename: '台账模板.xlsx', type: WORKBOOK, body: await ledgerTemplate() }),
  }),
  route({
    method: 'POST',
    url: '/api/ledger/uploads',
    summary: { zh: '上传台账文件', en: 'takes a file (application/octet-stream); nothing is read or written yet' },
    door: DOOR,
    bodyLimit: MOST_BYTES,
    query: z.object({ name: z.string().trim().min(1).max(200) }),
    answer: z.object({ id: s, name: s, size: n }),
    handle: async ({ ctx, query, request }) => {
      const made = uploads.put(owner(ctx), query.name, bytesOf(request))
      return { id: made.id, name: made.name, size: made.bytes.length }
    },
  }),
  route({
    method: 'POST',
    url: '/api/ledger/uploads/:id/check',
    summary: { zh: '预览导入结果', en: 'what an import would do, with the mended cells; nothing is written' },
    door: DOOR,
    params,
    bodyLimit: 4 * 1024 * 1024,
    body: z.strictObject({ edits: cellEdits.default([]) }),
    answer: preview,
    handle: async ({ ctx, params: { id }, body: { edits } }) => {
      const upload = uploads.of(owner(ctx), id)
      return uploads.work(upload, 'checking', () => previewLedger({ ctx, input: { bytes: upload.bytes, name: upload.name, edits }, onProgress: (done, total) => void Object.assign(upload, { done, total }) }))
    },
  }),
  route({
    method: 'POST',
    url: '/api/ledger/uploads/:id/import',
    summary: { zh: '正式导入', en: 'writes it, all or nothing unless `skipBad`' },
    door: DOOR,
    params,
    bodyLimit: 4 * 1024 * 1024,
    body: z.strictObject({ edits: cellEdits.default([]), skipBad: z.boolean().default(false) }),
    answer: report.extend({ rejectedRows: z.boolean() }),
    handle: async ({ ctx, params: { id }, body: { edits, skipBad } }) => {
      const upload = uploads.of(owner(ctx), id)
      if (upload.stage === 'imported') throw new HuoshuiError('conflict', { zh: '这个文件已经导入', en: 'this file has been imported already' })
      return uploads.work(upload, 'importing', async () => {
        const { rejectedBytes, ...done } = await importLedger({
          ctx, input: { bytes: upload.bytes, name: upload.name, edits, skipBad, onProgress: (at, total) => void Object.assign(upload, { done: at, total }) },
        })
        upload.rejected = rejectedBytes ?? null
        if (done.imported) upload.stage = 'imported'
        return { ...done, rejectedRows: rejectedBytes !== undefined }
      })
    },
  }),
  route({
    method: 'GET',
    url: '/api/ledger/uploads/:id/progress',
    summary: { zh: '导入进度(SSE)', en: 'events `progress` while the file is being checked or imported' },
    door: DOOR,
    params,
    answer: 'events',
    handle: async ({ ctx, params: { id }, request, reply }) => {
      const upload = uploads.of(owner(ctx), id)
      return streamEvents({ request, reply, run: (emit, signal) => emitChanges({
        event: 'progress', everyMs: 400, emit, signal, look: async () => ({ stage: upload.stage, done: upload.done, total: upload.total }), last: (p) => p.stage === 'imported',
      }) })
    },
  }),
  route({
    method: 'GET',
    url: '/api/ledger/uploads/:id/rejected',
    summary: { zh: '下载未导入的行', en: 'the refused rows with the reasons, to be mended and loaded again' },
    door: DOOR,
    params,
    answer: 'file',
    handle: async ({ ctx, params: { id } }) => {
      const { rejected, name } = uploads.of(owner(ctx), id)
      if (rejected === null) throw new HuoshuiError('not_found', { zh: '没有未导入的行', en: 'no row was refused' })
      return { filename: `${name.replace(/\.[^.]*$/, '')}-未导入.xlsx`, type: WORKBOOK, body: rejected }
    },
  }),
] as const
