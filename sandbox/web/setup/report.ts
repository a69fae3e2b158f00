import { z } from 'zod'
import type { Installation } from '../../botpress'

export type Finding = { title: string; detail: string; kind: 'good' | 'warn' | 'bad'; word: string }

/** What `GET /setup` answers: what the action `checkSetup` found, or why it found nothing. */
export type SetupAnswer =
  | { ok: true; works: boolean; summary: string; sections: { title: string; findings: Finding[] }[] }
  | { ok: false; problem: string }

const Report = z.object({
  ok: z.boolean(),
  settings: z.array(z.object({ setting: z.string(), status: z.string(), finding: z.string() })),
  scopes: z.array(z.object({ scope: z.string(), present: z.boolean().optional(), missingMeans: z.string() })),
  webhooks: z.array(z.object({ action: z.string(), state: z.string(), slotsUsed: z.number().optional() })),
  webhookUrl: z.string(),
})
type Report = z.infer<typeof Report>

const KIND_OF_STATUS = new Map<string, Finding['kind']>([
  ['ok', 'good'],
  ['wrong', 'bad'],
])

/** Runs the action `checkSetup` and brings its answer into the shape of the page. Never rejects. */
export async function setupReport(installation: Pick<Installation, 'callAction'>): Promise<SetupAnswer> {
  try {
    const report = Report.parse(await installation.callAction('checkSetup', {}))
    const summary = report.ok ? 'A handoff can work with these settings.' : 'A handoff cannot work with these settings.'
    return { ok: true, works: report.ok, summary, sections: sectionsOf(report) }
  } catch (problem) {
    const message = problem instanceof Error ? problem.message : String(problem)
    return { ok: false, problem: `The integration gives no report: ${message}` }
  }
}

function sectionsOf({ settings, scopes, webhooks, webhookUrl }: Report) {
  return [
    {
      title: 'Settings',
      findings: settings.map(({ setting, status, finding }) => ({
        title: setting,
        detail: finding,
        kind: KIND_OF_STATUS.get(status) ?? 'warn',
        word: status,
      })),
    },
    { title: 'Scopes of the agent token', findings: scopes.map(scopeFinding) },
    {
      title: `Webhooks to ${webhookUrl}`,
      findings: webhooks.map(({ action, state, slotsUsed }) => ({
        title: action,
        detail: slotsUsed === undefined ? '' : `${slotsUsed} of 3 slots used`,
        kind: state === 'registered' || state === 'ok' ? ('good' as const) : ('warn' as const),
        word: state,
      })),
    },
  ]
    .filter(({ findings }) => findings.length > 0)
    .map(({ title, findings }) => ({ title, findings: worstFirst(findings) }))
}

const BY_WEIGHT: readonly Finding['kind'][] = ['bad', 'warn', 'good']

/** What is to be changed is read without scrolling; otherwise the order is that of the report. */
function worstFirst(findings: readonly Finding[]): Finding[] {
  return [...findings].sort((a, b) => BY_WEIGHT.indexOf(a.kind) - BY_WEIGHT.indexOf(b.kind))
}

function scopeFinding({ scope, present, missingMeans }: Report['scopes'][number]): Finding {
  if (present === true) return { title: scope, detail: '', kind: 'good', word: 'present' }
  return { title: scope, detail: missingMeans, kind: 'warn', word: present === false ? 'missing' : 'unknown' }
}
