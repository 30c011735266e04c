/**
 * IANA IPv4 Special-Purpose Address Registry with multicast (RFC 5771) and what clouds keep beside it. Every block is
 * denied whole, those that the registry calls globally reachable (AS112, AMT) too: no site stands there.
 */
export const IPV4: Readonly<Record<string, string>> = {
  '0.0.0.0/8': 'this network', '10.0.0.0/8': 'private', '100.64.0.0/10': 'shared (CGNAT)', '127.0.0.0/8': 'loopback', '169.254.0.0/16': 'link-local',
  '172.16.0.0/12': 'private', '192.0.0.0/24': 'IETF protocol assignments', '192.0.0.0/29': 'IPv4 service continuity', '192.0.0.8/32': 'dummy address',
  '192.0.0.9/32': 'PCP anycast', '192.0.0.10/32': 'TURN anycast', '192.0.0.170/32': 'NAT64 discovery', '192.0.0.171/32': 'NAT64 discovery',
  '192.0.2.0/24': 'TEST-NET-1', '192.31.196.0/24': 'AS112', '192.52.193.0/24': 'AMT', '192.88.99.0/24': '6to4 relay anycast', '192.168.0.0/16': 'private',
  '192.175.48.0/24': 'AS112 direct', '198.18.0.0/15': 'benchmarking', '198.51.100.0/24': 'TEST-NET-2', '203.0.113.0/24': 'TEST-NET-3',
  '224.0.0.0/4': 'multicast', '240.0.0.0/4': 'reserved', '255.255.255.255/32': 'limited broadcast', '168.63.129.16/32': 'Azure metadata',
}

/** IANA IPv6 Special-Purpose Address Registry, multicast, and the deprecated ranges. */
export const IPV6: Readonly<Record<string, string>> = {
  '::1/128': 'loopback', '::/128': 'unspecified', '::/96': 'IPv4-compatible', '::ffff:0:0:0/96': 'IPv4-translated', '64:ff9b:1::/48': 'NAT64, local',
  '100::/64': 'discard', '100:0:0:1::/64': 'dummy prefix', '2001::/23': 'IETF protocol assignments', '2001::/32': 'Teredo', '2001:1::1/128': 'PCP anycast',
  '2001:1::2/128': 'TURN anycast', '2001:1::3/128': 'DNS-SD anycast', '2001:2::/48': 'benchmarking', '2001:3::/32': 'AMT', '2001:4:112::/48': 'AS112', '2001:10::/28': 'ORCHID',
  '2001:20::/28': 'ORCHIDv2', '2001:30::/28': 'drone identification', '2001:db8::/32': 'documentation', '2002::/16': '6to4', '2620:4f:8000::/48': 'AS112 direct',
  '3fff::/20': 'documentation', '5f00::/16': 'segment routing', 'fc00::/7': 'unique local', 'fe80::/10': 'link-local', 'fec0::/10': 'site-local', 'ff00::/8': 'multicast',
}

/** Addresses at which clouds answer with credentials. */
export const METADATA: Readonly<Record<string, string>> = {
  '169.254.169.254': 'AWS, Azure, Google, Huawei, OpenStack, Oracle, Volcengine', '169.254.170.2': 'AWS ECS', '169.254.170.23': 'AWS EKS', '169.254.0.23': 'Tencent',
  '100.100.100.200': 'Alibaba', '100.96.0.96': 'Volcengine', '100.80.80.80': 'UCloud', '168.63.129.16': 'Azure', '192.0.0.192': 'Oracle classic', 'fd00:ec2::254': 'AWS', 'fd00:ec2::23': 'AWS EKS',
  'fd20:ce::254': 'Google', 'fe80::a9fe:a9fe': 'OpenStack', 'fd00:c1::a9fe:a9fe': 'Oracle',
}

/** Blocks of the registries whose addresses an IPv4 one is written in; each leads to that address. */
export const INSIDE = (four: string): Readonly<Record<string, string>> => {
  const [a, b, c, d] = four.split('.').map(Number) as [number, number, number, number]
  const hex = `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`
  return {
    'IPv4-mapped': `::ffff:${four}`, 'IPv4-mapped in hex': `::ffff:${hex}`, 'IPv4-mapped written out': `0:0:0:0:0:ffff:${hex}`, 'IPv4-compatible': `::${hex}`,
    'IPv4-translated': `::ffff:0:${hex}`, 'NAT64': `64:ff9b::${hex}`, 'NAT64 with dots': `64:ff9b::${four}`, 'NAT64, local': `64:ff9b:1::${hex}`,
    'NAT64, local, its other place': `64:ff9b:1:${((a << 8) | b).toString(16)}:${c.toString(16).padStart(2, '0')}:${d.toString(16).padStart(2, '0')}00::`, '6to4': `2002:${hex}::`, '6to4 with a host': `2002:${hex}::1`,
    Teredo: `2001:0:${hex}::1`, 'Teredo, its client': `2001::${(~((a << 8) | b) & 0xffff).toString(16)}:${(~((c << 8) | d) & 0xffff).toString(16)}`,
    ISATAP: `2400:3200::5efe:${hex}`, 'ISATAP, public': `2400:3200::200:5efe:${hex}`, 'ISATAP, link-local': `fe80::5efe:${hex}`,
  }
}

/** An address as a number, by arithmetic of its own: the table must not lean on what it tests. */
export function numberOf(ip: string): bigint {
  if (!ip.includes(':')) return ip.split('.').reduce((n, part) => n * 256n + BigInt(part), 0n)
  const [head = '', tail] = ip.split('::')
  const words = (s: string): string[] => (s === '' ? [] : s.split(':'))
  const before = words(head)
  const after = tail === undefined ? [] : words(tail)
  const all = [...before, ...Array.from({ length: 8 - before.length - after.length }, () => '0'), ...after]
  return all.reduce((n, word) => n * 65_536n + BigInt(`0x${word}`), 0n)
}

export function textOf(n: bigint, family: 4 | 6): string {
  if (family === 4) return [24n, 16n, 8n, 0n].map((shift) => (n >> shift) & 255n).join('.')
  return Array.from({ length: 8 }, (_, i) => ((n >> BigInt(112 - 16 * i)) & 65_535n).toString(16)).join(':')
}

export type Block = { readonly cidr: string; readonly first: bigint; readonly last: bigint; readonly family: 4 | 6 }

export function blockOf(cidr: string): Block {
  const [ip = '', bits = '0'] = cidr.split('/')
  const family = ip.includes(':') ? 6 : 4
  const size = 1n << BigInt((family === 4 ? 32 : 128) - Number(bits))
  const first = numberOf(ip)
  return { cidr, first, last: first + size - 1n, family }
}
