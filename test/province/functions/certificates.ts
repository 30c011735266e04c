/*
 * Certificates for 127.0.0.1 that sign themselves, made for the sample province and trusted by nobody; one key for all.
 * Their ends are fixed days: which of them is near or past, the day of the province says.
 */
const KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgYiRzqjIza4SEE3ML
IRXhqYGqlID6136QuO7jTK+kWBShRANCAAS1IkXLZSJPVvvkjY+Wl7OmrruWx0YQ
0jAeQ80Cf3SGGlm8PCnT5VpvwPoituou8lweGTjJpyfLOIw8h/nFW6Nh
-----END PRIVATE KEY-----
`

export type CertificateName = 'long' | 'soon' | 'over'

export const CERTIFICATES: Readonly<Record<CertificateName, { readonly key: string; readonly cert: string; readonly validTo: string }>> = {
  long: {
    key: KEY, validTo: '2040-12-31T23:59:59Z',
    cert: `-----BEGIN CERTIFICATE-----
MIIBjjCCATSgAwIBAgIUO+mLKAyCW12UAzzhb2itgdXkwuowCgYIKoZIzj0EAwIw
LTErMCkGA1UEAwwic2FtcGxlIHByb3ZpbmNlLCB0cnVzdGVkIGJ5IG5vYm9keTAe
Fw0yNDAxMDEwMDAwMDBaFw00MDEyMzEyMzU5NTlaMC0xKzApBgNVBAMMInNhbXBs
ZSBwcm92aW5jZSwgdHJ1c3RlZCBieSBub2JvZHkwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAS1IkXLZSJPVvvkjY+Wl7OmrruWx0YQ0jAeQ80Cf3SGGlm8PCnT5Vpv
wPoituou8lweGTjJpyfLOIw8h/nFW6NhozIwMDAPBgNVHREECDAGhwR/AAABMB0G
A1UdDgQWBBTLdJL32zI/jK3heh+wfYezLzZwrjAKBggqhkjOPQQDAgNIADBFAiAH
Fm8eMW35QjsQL7cktRu3faZZ0y6Bl6XKdiQH6HnUiQIhAIQrQis8ZBLIRA9vxJqd
VULNiENKgThKoKNKBxRHRPHc
-----END CERTIFICATE-----
`,
  },
  soon: {
    key: KEY, validTo: '2026-06-15T00:00:00Z',
    cert: `-----BEGIN CERTIFICATE-----
MIIBjjCCATSgAwIBAgIUe02xp4Kbyr12B6H/wPC6Cf9ppCwwCgYIKoZIzj0EAwIw
LTErMCkGA1UEAwwic2FtcGxlIHByb3ZpbmNlLCB0cnVzdGVkIGJ5IG5vYm9keTAe
Fw0yNTA2MjAwMDAwMDBaFw0yNjA2MTUwMDAwMDBaMC0xKzApBgNVBAMMInNhbXBs
ZSBwcm92aW5jZSwgdHJ1c3RlZCBieSBub2JvZHkwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAS1IkXLZSJPVvvkjY+Wl7OmrruWx0YQ0jAeQ80Cf3SGGlm8PCnT5Vpv
wPoituou8lweGTjJpyfLOIw8h/nFW6NhozIwMDAPBgNVHREECDAGhwR/AAABMB0G
A1UdDgQWBBTLdJL32zI/jK3heh+wfYezLzZwrjAKBggqhkjOPQQDAgNIADBFAiBH
NcI2cQVSMPPnSF/Up88FfrCTfLiM1SoTyVu/l5cdkgIhAK+1Hs1OkAZsfAUNbrsC
FLgBhp0FAEBa1SpPjw+lwtB/
-----END CERTIFICATE-----
`,
  },
  over: {
    key: KEY, validTo: '2026-02-01T00:00:00Z',
    cert: `-----BEGIN CERTIFICATE-----
MIIBjTCCATSgAwIBAgIUSHfc7I95+EjvLsptSAuArnZXkIIwCgYIKoZIzj0EAwIw
LTErMCkGA1UEAwwic2FtcGxlIHByb3ZpbmNlLCB0cnVzdGVkIGJ5IG5vYm9keTAe
Fw0yNTAxMDEwMDAwMDBaFw0yNjAyMDEwMDAwMDBaMC0xKzApBgNVBAMMInNhbXBs
ZSBwcm92aW5jZSwgdHJ1c3RlZCBieSBub2JvZHkwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAS1IkXLZSJPVvvkjY+Wl7OmrruWx0YQ0jAeQ80Cf3SGGlm8PCnT5Vpv
wPoituou8lweGTjJpyfLOIw8h/nFW6NhozIwMDAPBgNVHREECDAGhwR/AAABMB0G
A1UdDgQWBBTLdJL32zI/jK3heh+wfYezLzZwrjAKBggqhkjOPQQDAgNHADBEAiA7
OfOAiHvtOWEfpWN8Y2enmHB63Oqz44o2Jm1r7vlOwgIgLXHEB+se0IxbW0gkpvcs
5vOo9EHVUVX/IL3iH0s6tRI=
-----END CERTIFICATE-----
`,
  },
}
