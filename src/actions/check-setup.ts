import type { ActionProps } from '../bp'
import { gatherFacts } from '../setup/facts'
import { renderReport } from '../setup/render-report'
import { reportOn } from '../setup/report'
import { addressOf } from '../setup/setup-state'
import { QUESTION_MS } from '../timing'
import { wire } from '../wiring'

/** Proves every setting as `register` does, and tells what was found instead of failing. Changes nothing in LiveChat. */
export async function checkSetup(props: ActionProps['checkSetup']) {
  const deps = wire(props, QUESTION_MS)
  const [facts, known] = await Promise.all([gatherFacts(deps), deps.setup.load().catch(() => undefined)])
  const report = reportOn(deps, facts, (known && addressOf(known)) ?? deps.redirectUri)
  return { ...report, report: renderReport(report) }
}
