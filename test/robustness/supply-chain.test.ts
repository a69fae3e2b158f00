import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { z } from 'zod'

const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'))

const manifest = z
  .object({ dependencies: z.record(z.string(), z.string()), devDependencies: z.record(z.string(), z.string()) })
  .parse(read('package.json'))

const Package = z.object({
  version: z.string().optional(),
  integrity: z.string().optional(),
  dev: z.boolean().optional(),
  devOptional: z.boolean().optional(),
  hasInstallScript: z.boolean().optional(),
})
const { packages } = z.object({ packages: z.record(z.string(), Package) }).parse(read('package-lock.json'))
const locked = Object.fromEntries(Object.entries(packages).filter(([path]) => path !== ''))

test('every dependency is named with one exact version', () => {
  const ranges = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }).filter(
    ([, version]) => !/^\d+\.\d+\.\d+$/.test(version),
  )
  expect(ranges).toEqual([])
})

test('the lock file holds what the manifest names', () => {
  for (const [name, version] of Object.entries(manifest.dependencies)) {
    expect(locked[`node_modules/${name}`]?.version, name).toBe(version)
  }
})

test('no package runs a script when it is installed', () => {
  expect(readFileSync('.npmrc', 'utf8')).toMatch(/^ignore-scripts=true$/m)
})

/** A lock file without addresses leaves the registry to the machine's own configuration; the hash is what binds. */
test('everything that is installed is locked by its hash', () => {
  const loose = Object.entries(locked).filter(([, { integrity }]) => !integrity)
  expect(loose.map(([path]) => path)).toEqual([])
})

/** `esbuild` looks for its binary in a package of its own; its script only saves a few milliseconds. */
test('no package but esbuild has a script of its own at installation', () => {
  const scripted = Object.entries(locked).filter(([, { hasInstallScript }]) => hasInstallScript)
  expect(scripted.map(([path]) => path).filter((path) => !path.endsWith('node_modules/esbuild'))).toEqual([])
})

test('the bundle is made by the esbuild whose version is locked, without its installation script', () => {
  const esbuild = execFileSync('node_modules/.bin/esbuild', ['--version'], { encoding: 'utf8' }).trim()
  expect(esbuild).toBe(manifest.devDependencies['esbuild'])
})
