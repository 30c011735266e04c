import { readPage } from '../../src/read/index.ts'
import type { PageFacts, PageSource } from '../../src/domain/page.ts'

export const NOW = new Date('2024-06-20T04:00:00Z')

export function read(html: string | Uint8Array, source: Partial<PageSource> = {}): PageFacts {
  const bytes = typeof html === 'string' ? new TextEncoder().encode(html) : html
  return readPage(bytes, { url: 'http://www.example.gov.cn/', now: NOW, ...source })
}

export const PROSE =
  '<p>为贯彻落实国务院关于加强数字政府建设的部署,进一步优化政务服务,经市政府同意,现将有关事项通知如下。各县(市、区)人民政府,市政府各部门要结合实际认真组织实施,确保各项任务落到实处。</p>' +
  '<p>会议指出,2019年3月5日印发的方案自2020年1月1日起施行以来,成效明显。张某某,1978年6月出生,联系电话0791-88881234。</p>'

/** A government article in the usual shape; `zone` is what stands under the title. */
export function article(zone: string, options: { metas?: string; title?: string; before?: string; after?: string; body?: string } = {}): string {
  const title = options.title ?? '关于印发优化营商环境若干措施的通知'
  return (
    `<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>${title}_示例市人民政府</title>${options.metas ?? ''}</head><body>` +
    `<div class="top"><a href="/">首页</a><a href="/zwgk/">政务公开</a></div>${options.before ?? ''}` +
    `<div class="con"><h1>${title}</h1><div class="info">${zone}</div><div id="zoom">${options.body ?? PROSE}</div></div>${options.after ?? ''}` +
    '<div class="footer">版权所有 © 2005-2024 示例市人民政府 网站标识码:3601000001 赣ICP备05001234号-1</div></body></html>'
  )
}
