import { encode } from 'uqr'
import { describe, expect, it } from 'vitest'
import { Qr } from '../../src/onboarding/qr.tsx'
import { modulesIn, readQr } from './qr-reader.ts'

const LINK = `https://zetel.test/connect/${'aB3-_'.repeat(9).slice(0, 43)}`
const draw = async (text: string) => String(await Qr({ text, title: 'De <link>' }))

describe('the QR code of a link', () => {
  it.each([LINK, 'http://localhost:8700/connect/x', `${LINK}?locale=nl`, 'één “twee” & drie: ook dit'])(
    'reads as %s',
    async text => {
      expect(readQr(modulesIn(await draw(text)))).toBe(text)
    },
  )

  it('has the modules of the encoder, with four light ones around', async () => {
    const svg = await draw(LINK)
    const { data } = encode(LINK, { ecc: 'M', border: 0 })
    expect(modulesIn(svg)).toEqual(data)
    expect(svg).toContain(`viewBox="0 0 ${data.length + 8} ${data.length + 8}"`)
  })

  it('says what it is to who cannot see it, and styles nothing inline', async () => {
    const svg = await draw(LINK)
    expect(svg).toContain('role="img"')
    expect(svg).toContain('<title>De &lt;link&gt;</title>')
    expect(svg).not.toContain('style=')
  })
})
