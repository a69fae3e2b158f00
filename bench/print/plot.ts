import type { FlowResult } from '../tables/flows'

/** The flows that a person waits for. */
const SHOWN = [
  'startHitl, new customer/cold',
  'startHitl, known customer/cold',
  'startHitl, known customer/warm',
  'agent text, agent known/cold',
  'agent text, agent known/warm',
  'customer text/warm',
]
const ROW = 34
const LEFT = 260
const WIDTH = 780
const TOP = 64
/** Delay per call that the plot stands for, in milliseconds. */
const DELAY_MS = 50

/** A bar for each flow: how long it takes when each call takes 50 ms, a mark for each call that had to wait for another. */
export function plot(results: readonly FlowResult[]): string {
  const shown = SHOWN.flatMap((key) => results.filter(({ name, temper }) => `${name}/${temper}` === key))
  const longest = Math.max(...shown.map((flow) => timeOf(flow)))
  const scale = (WIDTH - LEFT - 90) / longest
  const height = TOP + shown.length * ROW + 24
  const rows = shown.map((flow, at) => bar(flow, TOP + at * ROW, scale)).join('\n')
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="t d">
<title id="t">Time of each flow when every call takes ${DELAY_MS} ms</title>
<desc id="d">${shown.map((flow) => `${label(flow)}: ${Math.round(timeOf(flow))} ms, ${flow.depth} calls in a row`).join('; ')}</desc>
<style>text{font:14px system-ui,sans-serif;fill:#1f2328}.q{fill:#59636e}.b{fill:#2563a8}.m{stroke:#fff;stroke-width:2}
@media(prefers-color-scheme:dark){text{fill:#e6edf3}.q{fill:#9198a1}.b{fill:#4c94e0}.m{stroke:#0d1117}}</style>
<text x="16" y="26" font-weight="600">How long a flow takes when every call to either platform takes ${DELAY_MS} ms</text>
<text x="16" y="46" class="q">median in ms; a part of a bar is one call that had to wait for the one before it</text>
${rows}
</svg>
`
}

function bar(flow: FlowResult, y: number, scale: number): string {
  const width = timeOf(flow) * scale
  const marks = Array.from({ length: Math.max(0, flow.depth - 1) }, (_, at) => {
    const x = (LEFT + (width * (at + 1)) / flow.depth).toFixed(1)
    return `<line class="m" x1="${x}" x2="${x}" y1="${y}" y2="${y + 22}"/>`
  })
  return [
    `<text x="${LEFT - 12}" y="${y + 16}" text-anchor="end">${label(flow)}</text>`,
    `<rect class="b" x="${LEFT}" y="${y}" width="${width.toFixed(1)}" height="22" rx="3"/>`,
    ...marks,
    `<text x="${(LEFT + width + 8).toFixed(1)}" y="${y + 16}">${Math.round(timeOf(flow))} ms</text>`,
  ].join('')
}

const label = ({ name, temper }: FlowResult) => `${name}, ${temper}`
const timeOf = ({ times }: FlowResult) => times[DELAY_MS]?.median ?? 0
