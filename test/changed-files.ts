import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/** What decides how every file is checked. */
const RULES = /^(package(-lock)?\.json|tsconfig\.json|eslint\.config\.mjs|\.prettierrc\.json|\.prettierignore)$/

/**
 * The files that differ from the branch that this one follows, committed or not: CI has checked all others. `undefined` where
 * that cannot be told (no repository, no branch that is followed), or where the rules themselves have changed.
 */
export function changedFiles(): string[] | undefined {
  try {
    const base = git('merge-base', 'HEAD', '@{upstream}').trim()
    const names = [git('diff', '--name-only', '-z', base), git('ls-files', '--others', '--exclude-standard', '-z')]
    const changed = names.flatMap((list) => list.split('\0')).filter((name) => name !== '')
    return changed.some((name) => RULES.test(name)) ? undefined : changed.filter((name) => existsSync(name))
  } catch {
    return undefined
  }
}

/** What git prints. Throws where it fails or is not installed. */
function git(...args: string[]): string {
  return execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
}
