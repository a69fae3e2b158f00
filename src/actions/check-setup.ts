import type { ActionProps } from '../bp'
import { gatherFacts } from '../setup/facts'
import { renderReport } from '../setup/render-report'
import { reportOn } from '../setup/report'
import { addressOf } from '../setup/setup-state'
import { wire } from '../wiring'

const TIME_FOR_PROOF_MS = 15_000

/** Proves every setting as `register` does, and tells what was found instead of failing. Changes nothing in LiveChat. */
export async function checkSetup(props: ActionProps['checkSetup']) {
  const deps = wire(props, TIME_FOR_PROOF_MS)
  const [facts, known] = await Promise.all([gatherFacts(deps), deps.setup.load().catch(() => undefined)])
  const report = reportOn(deps, facts, (known && addressOf(known)) ?? deps.redirectUri)
  return { ...report, report: renderReport(report) }
}
