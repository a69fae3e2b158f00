type Verdict = 'ok' | 'over'
type Column = { name: string; align: 'left' | 'right' }
/** `verdict` is absent where nothing was promised. */
export type Row = { cells: string[]; verdict?: Verdict }

/** What one benchmark found: for people to read, and for the JSON copy. */
export type Table = {
  key: string
  title: string
  /** What was measured, on what, and what the last column is judged by. */
  says: string
  columns: Column[]
  rows: Row[]
  data: unknown
}

export const left = (name: string): Column => ({ name, align: 'left' })
export const right = (name: string): Column => ({ name, align: 'right' })

/** At most `limit` is ok. */
export const within = (value: number, limit: number): Verdict => (value <= limit ? 'ok' : 'over')

export const fixed = (value: number, digits = 1): string => value.toFixed(digits)

/** The table with aligned columns; every row that was promised something ends with `ok` or `OVER`. */
export function format({ title, says, columns, rows }: Table): string {
  const marked = rows.map(({ cells, verdict }) => [...cells, mark(verdict)])
  const heads = [...columns, left('')]
  const widths = heads.map(({ name }, at) => Math.max(name.length, ...marked.map((cells) => (cells[at] ?? '').length)))
  const line = (cells: string[]) => cells.map((cell, at) => padded(cell, widths[at] ?? 0, heads[at])).join('  ')
  const head = line(heads.map(({ name }) => name))
  return [title, ...wrapped(says, 110), '', head, '-'.repeat(head.trimEnd().length), ...marked.map(line)]
    .map((text) => `  ${text}`.trimEnd())
    .join('\n')
}

function mark(verdict: Verdict | undefined): string {
  if (verdict === undefined) return ''
  return verdict === 'ok' ? 'ok' : 'OVER'
}

function padded(cell: string, width: number, column: Column | undefined): string {
  return column?.align === 'right' ? cell.padStart(width) : cell.padEnd(width)
}

function wrapped(text: string, width: number): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last === undefined || last.length + word.length >= width) lines.push(word)
    else lines[lines.length - 1] = `${last} ${word}`
  }
  return lines
}
