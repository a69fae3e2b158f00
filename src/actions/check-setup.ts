import { refusal } from '../problems'
import { webhookAddressOf } from '../setup-state'
import { gatherFacts } from '../setup/facts'
import { probeOf } from '../setup/probe'
import { renderReport } from '../setup/render-report'
import { reportOn } from '../setup/report'
import { QUESTION_MS } from '../timing'
import type { Deps } from '../wiring'
import { action } from './action'

/** Verifies every setting as `register` does, and reports what was found instead of failing. Changes nothing in LiveChat. */
export const checkSetup = action<'checkSetup'>({
  ms: QUESTION_MS,
  failed: 'Setup not checked',
  act: (_input, deps) => check(deps),
  answerTo: () => {
    throw refusal('setupNotChecked')
  },
})

async function check(deps: Deps) {
  const subject = { ...deps, probe: probeOf(deps) }
  const asking = gatherFacts(subject, { allScopes: true })
  const [facts, known] = await Promise.all([asking, deps.setup.load().catch(() => undefined)])
  const webhookUrl = (known && webhookAddressOf(known)) ?? deps.redirectUri
  const report = reportOn({ ...subject, webhookUrl, isSaved: true }, facts)
  return { ...report, report: renderReport(report) }
}
