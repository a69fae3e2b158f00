import { execFileSync } from 'node:child_process'
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { changedFiles } from './changed-files'

const AUTHOR = ['-c', 'user.name=Ada', '-c', 'user.email=ada@customer.test', '-c', 'commit.gpgsign=false']
const git = (cwd: string, ...args: string[]) => execFileSync('git', [...AUTHOR, ...args], { cwd, stdio: 'pipe' })

function hasGit(): boolean {
  try {
    git('.', '--version')
    return true
  } catch {
    return false
  }
}

describe.skipIf(!hasGit())('files that CI has not seen', () => {
  let folder = ''
  let clone = ''

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'changed-files-'))
    const origin = join(folder, 'origin')
    clone = join(folder, 'clone')
    git(folder, 'init', '-q', origin)
    for (const name of ['a.ts', 'b.ts', 'package.json']) writeFileSync(join(origin, name), '1')
    git(origin, 'add', '.')
    git(origin, 'commit', '-qm', 'first')
    git(folder, 'clone', '-q', origin, clone)
    return () => rmSync(folder, { recursive: true })
  })

  test('a clone has none', () => {
    expect(changedFiles(clone)).toEqual([])
  })

  test('they are changed, new or committed; a removed one is none', () => {
    appendFileSync(join(clone, 'a.ts'), '2')
    git(clone, 'commit', '-qam', 'second')
    writeFileSync(join(clone, 'new.ts'), '1')
    rmSync(join(clone, 'b.ts'))
    expect(changedFiles(clone)).toEqual(['a.ts', 'new.ts'])
  })

  test('where the rules change, or nothing tells what CI has seen, they are unknown', () => {
    appendFileSync(join(clone, 'package.json'), '2')
    expect(changedFiles(clone)).toBeUndefined()
    expect(changedFiles(join(folder, 'origin'))).toBeUndefined()
    expect(changedFiles(folder)).toBeUndefined()
  })
})
