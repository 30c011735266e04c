import { attestedPlatform } from '../attested.ts'

export default attestedPlatform({
  kind: 'nanfang',
  names: { zh: '南方号', en: "Nanfang account" },
  hosts: ['nfapp.southcn.com', 'static.nfapp.southcn.com', 'pc.nfapp.southcn.com'],
  articles: [/\/content\/\d+/],
  idParams: ['id', 'areaId'],
  example: 'https://pc.nfapp.southcn.com/nfh/123',
})
