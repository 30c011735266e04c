/** What a page can do to make a browser call somewhere while it stays where it is. `to(name)`: an address that names its way. */
export type To = (name: string, scheme?: string) => string

const img = (to: To, name: string): string => `<img src="${to(name)}">`
const script = (code: string): string => `<script>try { ${code} } catch {}</script>`
const SCRIPT_WAYS: Readonly<Record<string, (url: string, to: To) => string>> = {
  fetch: (u) => `fetch('${u}', {mode: 'no-cors'}).catch(() => 0)`,
  'fetch-post': (u) => `fetch('${u}', {mode: 'no-cors', method: 'POST', body: 'x'}).catch(() => 0)`,
  'fetch-keepalive': (u) => `fetch('${u}', {mode: 'no-cors', keepalive: true}).catch(() => 0)`,
  'fetch-cors': (u) => `fetch('${u}', {method: 'PUT', headers: {'x-a': '1'}}).catch(() => 0)`,
  xhr: (u) => `const x = new XMLHttpRequest(); x.open('GET', '${u}'); x.send()`,
  'xhr-sync': (u) => `const x = new XMLHttpRequest(); x.open('GET', '${u}', false); x.send()`,
  beacon: (u) => `navigator.sendBeacon('${u}', 'x')`,
  websocket: (_u, to) => `new WebSocket('${to('websocket', 'ws')}')`,
  'image-object': (u) => `new Image().src = '${u}'`,
  import: (u) => `import('${u}').catch(() => 0)`,
  worker: (u) => `new Worker(URL.createObjectURL(new Blob(["fetch('${u}', {mode: 'no-cors'})"])))`,
  'worker-import': (u) => `new Worker(URL.createObjectURL(new Blob(["importScripts('${u}')"])))`,
  'shared-worker': (u) => `new SharedWorker(URL.createObjectURL(new Blob(["fetch('${u}', {mode: 'no-cors'})"])))`,
  'document-write': (u) => `document.write('<img src="${u}">')`,
  'inner-html': (u) => `document.body.insertAdjacentHTML('beforeend', '<img src="${u}">')`,
  'late-frame': (u) => `const f = document.createElement('iframe'); f.src = '${u}'; document.body.append(f)`,
  'ping-click': (u) => `const a = document.createElement('a'); a.href = '#x'; a.ping = '${u}'; document.body.append(a); a.click()`,
  'form-in-frame': (u) => `document.body.insertAdjacentHTML('beforeend', '<iframe name=sink></iframe><form target=sink method=post action="${u}"></form>'); document.forms[document.forms.length - 1].submit()`,
  'audio-context': (u) => `new Audio('${u}').load()`,
  'css-worklet': (u) => `CSS.paintWorklet?.addModule('${u}').catch(() => 0)`,
  'font-face': (u) => `new FontFace('x', 'url(${u})').load().catch(() => 0)`,
  'event-source': (u) => `new EventSource('${u}')`,
  'web-transport': (_u, to) => `new WebTransport('${to('web-transport', 'https')}').ready.catch(() => 0)`,
  popup: (u) => `open('${u}')`,
  'popup-form': (u) => `document.body.insertAdjacentHTML('beforeend', '<form target=_blank action="${u}"></form>'); document.forms[document.forms.length - 1].submit()`,
  'service-worker': () => `navigator.serviceWorker?.register('/sw.js').catch(() => 0)`,
}
const MARKUP: Readonly<Record<string, (url: string, to: To) => string>> = {
  img: (_u, to) => img(to, 'img'),
  srcset: (u) => `<img srcset="${u} 1x, ${u} 2x">`,
  picture: (u) => `<picture><source srcset="${u}"><img></picture>`,
  iframe: (u) => `<iframe src="${u}"></iframe>`,
  'iframe-in-data': (u) => `<iframe src="data:text/html,<img src='${u}'>"></iframe>`,
  'iframe-srcdoc': (u) => `<iframe srcdoc="<img src='${u}'>"></iframe>`,
  'iframe-refresh': (u) => `<iframe srcdoc="<meta http-equiv=refresh content='0;url=${u}'>"></iframe>`,
  'iframe-script': (u) => `<iframe srcdoc="<script>location.href='${u}'</script>"></iframe>`,
  object: (u) => `<object data="${u}"></object>`,
  embed: (u) => `<embed src="${u}">`,
  script: (u) => `<script src="${u}"></script>`,
  'script-module': (u) => `<script type=module src="${u}"></script>`,
  stylesheet: (u) => `<link rel=stylesheet href="${u}">`,
  preload: (u) => `<link rel=preload as=image href="${u}">`,
  modulepreload: (u) => `<link rel=modulepreload href="${u}">`,
  prefetch: (u) => `<link rel=prefetch href="${u}">`,
  prerender: (u) => `<link rel=prerender href="${u}">`,
  preconnect: (u) => `<link rel=preconnect href="${u}"><link rel=dns-prefetch href="${u}">`,
  speculation: (u) => `<script type=speculationrules>{"prefetch":[{"source":"list","urls":["${u}"]}],"prerender":[{"source":"list","urls":["${u}"]}]}</script>`,
  icon: (u) => `<link rel=icon href="${u}">`,
  manifest: (u) => `<link rel=manifest href="${u}">`,
  'css-url': (u) => `<div style="background:url('${u}');width:9px;height:9px">x</div>`,
  'css-import': (u) => `<style>@import url('${u}');</style>`,
  'css-font': (u) => `<style>@font-face{font-family:zz;src:url('${u}')}</style><p style="font-family:zz">x</p>`,
  'css-cursor': (u) => `<p style="cursor:url('${u}'),auto;list-style-image:url('${u}');display:list-item">x</p>`,
  'input-image': (u) => `<input type=image src="${u}">`,
  'table-background': (u) => `<table background="${u}"><tr><td>x</table>`,
  'body-background': (u) => `<body background="${u}">`,
  video: (u) => `<video poster="${u}-poster" src="${u}" preload=auto autoplay muted><track src="${u}" default></video>`,
  audio: (u) => `<audio src="${u}" preload=auto autoplay></audio>`,
  'svg-image': (u) => `<svg><image href="${u}" width=9 height=9 /></svg>`,
  'svg-use': (u) => `<svg><use href="${u}#a" /></svg>`,
  'svg-filter': (u) => `<svg width=9 height=9><filter id=f><feImage href="${u}" /></filter><rect width=9 height=9 filter="url(#f)" /></svg>`,
  'csp-report': (u) => `<meta http-equiv="Content-Security-Policy-Report-Only" content="img-src 'none'; report-uri ${u}">`,
  applet: (u) => `<applet code="${u}"></applet>`,
  frameset: (u) => `<iframe srcdoc="<frameset cols=*><frame src='${u}'></frameset>"></iframe>`,
}

/**
 * Ways that may lead nowhere even where all is open: what they ask for says nothing of a page and is dropped unasked, the browser has it switched off, or
 * (windows opened) it is closed again at once, before or after it has asked. */
export const NEVER: ReadonlySet<string> = new Set([
  'audio', 'audio-context', 'css-font', 'font-face', 'event-source', 'manifest', 'web-transport', 'service-worker', 'applet', 'csp-report', 'prerender', 'preconnect', 'speculation', 'icon', 'popup', 'popup-form', 'svg-use',
])
export const WAYS: readonly string[] = [...Object.keys(MARKUP), ...Object.keys(SCRIPT_WAYS)]

/** One page that tries every way to one host. */
export function pageOf(to: To): string {
  const markup = Object.entries(MARKUP).map(([name, make]) => make(to(name), to))
  const scripts = Object.entries(SCRIPT_WAYS).map(([name, make]) => script(make(to(name), to)))
  return [...markup, ...scripts].join('\n')
}

/** What takes the page itself somewhere else; each is a page of its own. */
export const MOVES: Readonly<Record<string, (url: string) => string>> = {
  'meta refresh': (u) => `<meta http-equiv="refresh" content="0;url=${u}">`,
  'meta refresh, odd': (u) => `<META HTTP-EQUIV=Refresh CONTENT=" 0 ; URL='${u}'">`,
  href: (u) => `<script>location.href='${u}'</script>`,
  assign: (u) => `<script>location.assign('${u}')</script>`,
  replace: (u) => `<script>window.location.replace('${u}')</script>`,
  'a name of the window': (u) => `<script>top.location='${u}'</script>`,
  'window.open on itself': (u) => `<script>open('${u}', '_self')</script>`,
  'a link that clicks itself': (u) => `<a href="${u}">x</a><script>document.links[0].click()</script>`,
  'a form that sends itself': (u) => `<form action="${u}"><input name=a value=b></form><script>document.forms[0].submit()</script>`,
  'a form that posts itself': (u) => `<form method=post action="${u}"></form><script>document.forms[0].submit()</script>`,
  'a frame that moves its parent': (u) => `<iframe srcdoc="<script>top.location='${u}'</script>"></iframe>`,
  'a link to a file': (u) => `<a id=l href="${u}" download>x</a><script>document.getElementById('l').click()</script>`,
  'a base address': (u) => `<base href="${u}"><script>location.href = document.baseURI</script>`,
  'a javascript address': (u) => `<script>location.href = "javascript:location='${u}'"</script>`,
  'the navigation interface': (u) => `<script>navigation.navigate('${u}')</script>`,
  'a turn after the page has settled': (u) => `<script>setTimeout(() => { location.href='${u}' }, 150)</script>`,
}
