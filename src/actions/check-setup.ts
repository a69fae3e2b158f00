import type { ActionProps } from '../bp'
import { addressOf } from '../setup-state'
import { gatherFacts } from '../setup/facts'
import { probeOf } from '../setup/probe'
import { renderReport } from '../setup/render-report'
import { reportOn } from '../setup/report'
import { QUESTION_MS } from '../timing'
import { wire } from '../wiring'

/** Verifies every setting as `register` does, and reports what was found instead of failing. Changes nothing in LiveChat. */
export async function checkSetup(props: ActionProps['checkSetup']) {
  const deps = wire(props, QUESTION_MS)
  const subject = { ...deps, probe: probeOf(deps) }
  const asking = gatherFacts(subject, { allScopes: true })
  const [facts, known] = await Promise.all([asking, deps.setup.load().catch(() => undefined)])
  const webhookUrl = (known && addressOf(known)) ?? deps.redirectUri
  const report = reportOn({ ...subject, webhookUrl, isSaved: true }, facts)
  return { ...report, report: renderReport(report) }
}
