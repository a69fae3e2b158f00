import { build } from 'esbuild'
import { readFile } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import { fileURLToPath } from 'node:url'

const PAGE = fileURLToPath(new URL('./page/', import.meta.url))

type Asset = { path: string; type: string; body: Uint8Array }
export type Assets = { html: string; files: Asset[] }

const TYPES: Record<string, string> = { '.js': 'text/javascript', '.css': 'text/css', '.woff2': 'font/woff2' }

/** The page as the browser gets it, bundled in memory: nothing is written and nothing has to be built before. */
export async function loadAssets(): Promise<Assets> {
  const [html, { outputFiles }] = await Promise.all([
    readFile(`${PAGE}index.html`, 'utf8'),
    build({
      entryPoints: { page: `${PAGE}main.ts`, style: `${PAGE}style.css` },
      outdir: PAGE,
      bundle: true,
      write: false,
      format: 'esm',
      target: 'es2022',
      sourcemap: 'inline',
      loader: { '.woff2': 'file' },
      assetNames: '[name]',
      publicPath: '/',
    }),
  ])
  const files = outputFiles.map(({ path, contents }) => ({
    path: `/${basename(path)}`,
    type: TYPES[extname(path)] ?? 'application/octet-stream',
    body: contents,
  }))
  return { html, files }
}
