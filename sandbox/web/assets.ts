import { build } from 'esbuild'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

const PAGE = fileURLToPath(new URL('./page/', import.meta.url))

export type Assets = { html: string; css: string; script: string }

/** The page as the browser gets it, bundled in memory: nothing is written and nothing has to be built before. */
export async function loadAssets(): Promise<Assets> {
  const [html, { outputFiles }] = await Promise.all([
    readFile(`${PAGE}index.html`, 'utf8'),
    build({
      entryPoints: [`${PAGE}main.ts`, `${PAGE}style.css`],
      outdir: PAGE,
      bundle: true,
      write: false,
      format: 'esm',
      target: 'es2022',
      sourcemap: 'inline',
    }),
  ])
  const file = (end: string) => outputFiles.find(({ path }) => path.endsWith(end))?.text ?? ''
  return { html, css: file('.css'), script: file('.js') }
}
