import { createHash, randomUUID } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Script } from 'node:vm'

type Bundle = (module: object, exports: object, require: NodeJS.Require) => void

/** Stands before the text of a bundle. */
export const WRAPPER = '(function (module, exports, require) {'

/**
 * Compiles bundles: one whose text has not changed only once. With a folder in `CODE_CACHE`, processes share the compiled code
 * through it, which halves what the start of a process costs; each text and version of Node has a file of its own there.
 */
export function compiler(): (path: string) => Bundle {
  let last: { text: string; run: Bundle } | undefined
  return (path) => {
    const text = readFileSync(path, 'utf8')
    if (last?.text !== text) last = { text, run: compiled(path, text) }
    return last.run
  }
}

function compiled(path: string, text: string): Bundle {
  const cache = cacheFile(text)
  const cachedData = cache !== undefined && existsSync(cache) ? readFileSync(cache) : undefined
  const script = new Script(`${WRAPPER}${text}\n})`, { filename: path, cachedData })
  const run = script.runInThisContext() as Bundle
  if (cache === undefined || cachedData) return run
  return (...given) => {
    run(...given)
    if (!existsSync(cache)) store(cache, script.createCachedData()) // only now the functions of the start are in it
  }
}

function cacheFile(text: string): string | undefined {
  const folder = process.env['CODE_CACHE']
  return folder && join(folder, createHash('sha256').update(process.version).update(text).digest('hex'))
}

/** Another process may read at any time: the file is there whole, or not at all. */
function store(cache: string, data: Buffer): void {
  const unfinished = `${cache}.${randomUUID()}`
  writeFileSync(unfinished, data)
  renameSync(unfinished, cache)
}
