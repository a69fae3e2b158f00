import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** What decides how every file is checked. */
const RULES = /^(package(-lock)?\.json|tsconfig\.json|eslint\.config\.mjs|\.prettierrc\.json|\.prettierignore)$/

/**
 * The files that differ from the branch that this one follows, committed or not: CI has checked all others. `undefined` where
 * that cannot be told (no git, no branch that is followed), or where the rules themselves have changed.
 */
export function changedFiles(folder = '.'): string[] | undefined {
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  try {
    const base = git('merge-base', 'HEAD', '@{upstream}').trim()
    const differing = git('diff', '--name-only', '--relative', '-z', base)
    const names = [differing, git('ls-files', '--others', '--exclude-standard', '-z')]
    const changed = names.flatMap((list) => list.split('\0')).filter((name) => name !== '')
    return changed.some((name) => RULES.test(name))
      ? undefined
      : changed.filter((name) => existsSync(join(folder, name)))
  } catch {
    return undefined
  }
}
