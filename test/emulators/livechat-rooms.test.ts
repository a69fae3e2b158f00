import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'

const ROOT = 'sandbox/livechat'

/** The rooms of the emulator from the ground up: each imports from the rooms before it, never from those behind. */
const ROOMS = [
  'world',
  'webhooks',
  'chats',
  'requests',
  'accounts',
  'customer',
  'agent',
  'configuration',
  'people',
  'server',
]

/** `sandbox/livechat/chats/events` is in the room `chats`; the door and what lies outside are in none. */
const roomOf = (path: string) => new RegExp(`^${ROOT}/([^/]+)/`).exec(path)?.[1]

function importsOf(path: string): string[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(path, 'utf8'))
  return importedFiles.map(({ fileName }) => join(dirname(path), fileName))
}

const files = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => join(ROOT, name))

test('every room of the LiveChat emulator has its floor', () => {
  const rooms = new Set(files.map(roomOf).filter((room) => room !== undefined))
  expect([...rooms].sort()).toEqual([...ROOMS].sort())
})

test('a room of the LiveChat emulator imports from lower rooms only', () => {
  const upwards = files.flatMap((path) => {
    const room = roomOf(path)
    if (room === undefined) return []
    const above = (target: string) => {
      const other = target.startsWith(ROOT) ? (roomOf(target) ?? 'door') : undefined
      return other !== undefined && other !== room && !ROOMS.slice(0, ROOMS.indexOf(room)).includes(other)
    }
    return importsOf(path)
      .filter(above)
      .map((target) => `${path} -> ${target}`)
  })
  expect(upwards).toEqual([])
})

test('no two files of the LiveChat emulator import each other, directly or through others', () => {
  const known = new Map(files.map((path) => [path.replace(/\.ts$/, ''), importsOf(path)]))
  const finished = new Set<string>()
  const circles: string[][] = []
  const visit = (file: string, trail: string[]) => {
    if (trail.includes(file)) circles.push([...trail.slice(trail.indexOf(file)), file])
    if (trail.includes(file) || finished.has(file)) return
    for (const target of known.get(file) ?? []) visit(target, [...trail, file])
    finished.add(file)
  }
  for (const file of known.keys()) visit(file, [])
  expect(circles).toEqual([])
})
