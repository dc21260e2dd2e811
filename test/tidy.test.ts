import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')

type File = { path: string; text: string }

const filesIn = (...folders: string[]): File[] =>
  folders.flatMap(folder =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile() && /\.tsx?$/.test(entry.name))
      .map(entry => join(entry.parentPath, entry.name))
      .map(path => ({ path: relative(root, path), text: readFileSync(path, 'utf8') })),
  )

/** Code without comments, so that a sentence about a thing is not taken for its use. */
const code = (text: string): string => text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/(^|\s)\/\/.*$/gm, '$1')

const imports = (text: string): string[] =>
  [...code(text).matchAll(/(?:from|import)\s+'([^']+)'/g)].map(([, from = '']) => from)

const named = (files: readonly File[], isWrong: (file: File) => boolean): string[] =>
  files.filter(isWrong).map(file => file.path)

const asksTheWorld = (text: string): boolean =>
  /\bDate\.now\(|new Date\(\)|performance\.now\(|Math\.random\(|\bcrypto\.(getRandomValues|randomUUID|randomBytes)\b/.test(
    code(text),
  )

const isPure = ({ text }: File): boolean => !/\basync\b|\bPromise\b/.test(code(text))
const drivers = /^(drizzle-orm|@libsql|openid-client|p-queue|cloudflare:|node:)/

describe('tidy', () => {
  const src = filesIn('src')

  it('notices a planted clock, randomness and driver', () => {
    expect(asksTheWorld('const at = Date.now()')).toBe(true)
    expect(asksTheWorld('// Date.now() is for wire.ts alone')).toBe(false)
    expect(asksTheWorld('return crypto.getRandomValues(bytes)')).toBe(true)
    expect(imports("import { eq } from 'drizzle-orm'").some(from => drivers.test(from))).toBe(true)
  })

  it('asks no clock and no randomness in src', () => {
    expect(named(src, file => asksTheWorld(file.text))).toEqual([])
  })

  it('keeps drivers out of pure files', () => {
    const shell = /(store|read|routes|about)\.tsx?$/
    expect(
      named(src.filter(isPure), file => !shell.test(file.path) && imports(file.text).some(from => drivers.test(from))),
    ).toEqual([])
  })

  it('names drivers, clock and randomness in workers only in wire.ts', () => {
    const others = filesIn('workers').filter(file => file.path !== 'workers/wire.ts')
    expect(named(others, file => /@libsql|drizzle|getRandomValues|createHash/.test(code(file.text)))).toEqual([])
  })

  it('lets the sandbox import nothing of the product, nor the product anything of the local run', () => {
    expect(
      named(filesIn('local/sandbox'), file => imports(file.text).some(from => /\/(src|db|workers)\//.test(from))),
    ).toEqual([])
    expect(
      named(filesIn('src', 'workers', 'db'), file => imports(file.text).some(from => /\/local\//.test(from))),
    ).toEqual([])
  })

  it('has no rooms without a name of their own', () => {
    const vague = /(^|\/)(utils?|lib|helpers?|services?|common|misc)(\/|\.tsx?$)/
    expect(named(filesIn('src', 'workers', 'db', 'local', 'test'), file => vague.test(file.path))).toEqual([])
  })

  it('keeps files short enough to be read', () => {
    expect(named(filesIn('src', 'workers', 'db', 'local'), file => file.text.split('\n').length > 260)).toEqual([])
  })

  it('documents every exported flow, rule and port', () => {
    const shell = /(store|routes|page|view|read|about|schema)|words\/|local\//
    const undocumented = src
      .filter(file => !shell.test(file.path))
      .flatMap(({ path, text }) =>
        [...text.matchAll(/(^|\n)(?<before>[^\n]*)\nexport (?:async )?(?:function|class) (?<name>\w+)/g)]
          .filter(match => !match.groups?.before?.trim().endsWith('*/'))
          .map(match => `${path}: ${match.groups?.name}`),
      )
    expect(undocumented).toEqual([])
  })

  it('puts the tenant first in every index and key of a tenant table', () => {
    const free = ['tenants', 'provider_apps', 'seats', 'people', 'sessions', 'sign_ins']
    const sql = readdirSync(join(root, 'db', 'migrations'))
      .filter(name => name.endsWith('.sql'))
      .map(name => readFileSync(join(root, 'db', 'migrations', name), 'utf8'))
      .join('\n')
    const tables = [...sql.matchAll(/CREATE TABLE `(\w+)` \(([\s\S]*?)\n\);/g)].filter(
      ([, name = '']) => !free.includes(name),
    )
    expect(tables.length).toBeGreaterThan(8)
    const keyed = (name: string, body: string): boolean =>
      /PRIMARY KEY\(`tenant_id`/.test(body) || new RegExp(`INDEX \`\\w+\` ON \`${name}\` \\(\`tenant_id\``).test(sql)
    expect(tables.filter(([, name = '', body = '']) => !keyed(name, body)).map(([, name]) => name)).toEqual([])
  })
})
